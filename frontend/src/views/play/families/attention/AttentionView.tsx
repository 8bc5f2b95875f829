import { useState } from "preact/hooks";
import { Choice } from "../../../../components/basic";
import { t } from "../../../../i18n";
import type { FamilyFrame } from "../../../../play/families/frames";
import { set, settingNow } from "../../../../play/families/session";
import { ExampleSteps } from "../Examples";
import { FamilyBar } from "../FamilyBar";
import { FamilyScores } from "../FamilyScores";
import { count } from "../NumberTable";
import { AttentionMatrix } from "./AttentionMatrix";
import { AttentionRow } from "./AttentionRow";
import { Says } from "./Says";

const TASKS = ["reverse", "previous", "key"] as const;
const DIGITS = 8;

/** A sequence of tokens, who looks at whom in it, and what is said at every place. */
export function AttentionView({ frame }: { frame: FamilyFrame }) {
  const tokens = frame.header["tokens"] as string[];
  const task = frame.settings["task"] as (typeof TASKS)[number];
  const [row, choose] = useState(tokens.length - 1);
  return (
    <>
      <FamilyBar frame={frame}>
        <Choice label={t("family.attn.task")} value={task} options={TASKS.map((one) => [one, t(`family.attn.task.${one}`)] as const)} onChange={(one) => set({ task: one, query: null })} />
      </FamilyBar>
      <p class="note">{t("family.attn.lead")}</p>
      <div class="family-columns attention">
        <div class="stack">
          <Tokens frame={frame} tokens={tokens} isKey={task === "key"} />
          <AttentionMatrix frame={frame} tokens={tokens} row={row} onChoose={choose} />
        </div>
        <div class="stack">
          <AttentionRow frame={frame} tokens={tokens} row={row} />
        </div>
        <div class="stack">
          <Says frame={frame} tokens={tokens} />
          <FamilyScores frame={frame} />
        </div>
      </div>
    </>
  );
}

/** The sequence, each digit a choice; where pairs are looked for, the letter that is asked for as well. */
function Tokens({ frame, tokens, isKey }: { frame: FamilyFrame; tokens: string[]; isKey: boolean }) {
  const digits = frame.header["digits"] as number[];
  const pairs = tokens.slice(0, -1);
  return (
    <section class="stack" aria-labelledby="tokens-heading">
      <h2 id="tokens-heading">{t("family.attn.tokens")}</h2>
      <ExampleSteps frame={frame} own={["tokens", "query"]} />
      <div class="tokens">
        {(isKey ? pairs : tokens).map((token, place) => (
          <label key={place}>
            {isKey && <span aria-hidden="true">{token[0]}</span>}
            <select
              aria-label={t("family.attn.token", { place: place + 1 })} value={String(digits[place])}
              onChange={(event) => set({ tokens: ((settingNow(frame, "tokens") as number[] | null) ?? digits).map((digit, at) => (at === place ? Number(event.currentTarget.value) : digit)) })}
            >
              {count(DIGITS).map((digit) => <option key={digit} value={String(digit)} selected={digit === digits[place]}>{digit}</option>)}
            </select>
          </label>
        ))}
        {isKey && (
          <label>
            <select
              aria-label={t("family.attn.query")} value={String(frame.header["query"])}
              onChange={(event) => set({ query: Number(event.currentTarget.value) })}
            >
              {pairs.map((pair, at) => <option key={at} value={String(at)} selected={at === frame.header["query"]}>{pair[0]}</option>)}
            </select>
            <span aria-hidden="true">?</span>
          </label>
        )}
      </div>
    </section>
  );
}
