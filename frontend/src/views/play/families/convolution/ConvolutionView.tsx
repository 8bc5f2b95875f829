import { useState } from "preact/hooks";
import { Choice } from "../../../../components/basic";
import { t } from "../../../../i18n";
import type { FamilyFrame } from "../../../../play/families/frames";
import { set } from "../../../../play/families/session";
import { FamilyBar } from "../FamilyBar";
import { FamilyScores } from "../FamilyScores";
import { count } from "../NumberTable";
import { DigitCanvas } from "./DigitCanvas";
import { FeatureMaps, type ChosenNumber } from "./FeatureMaps";
import { Probabilities } from "./Probabilities";
import { WhyNumber } from "./WhyNumber";

/** A digit, what each filter makes of it, why, and which digit the network says it is. */
export function ConvolutionView({ frame }: { frame: FamilyFrame }) {
  const [asked, choose] = useState<ChosenNumber>({ part: "maps", filter: 0, row: 2, column: 2 });
  const filters = frame.settings["filters"] as number;
  const chosen = asked.filter < filters ? asked : { ...asked, filter: 0 };
  return (
    <>
      <FamilyBar frame={frame}>
        <Choice
          label={t("family.conv.filters")} value={String(filters)} options={count(8).map((at) => [String(at + 1), String(at + 1)] as const)}
          onChange={(number) => set({ filters: Number(number) })}
        />
      </FamilyBar>
      <p class="note">{t("family.conv.lead")}</p>
      <div class="family-columns">
        <DigitCanvas frame={frame} chosen={chosen} />
        <div class="stack">
          <FeatureMaps frame={frame} chosen={chosen} onChoose={choose} />
          <WhyNumber frame={frame} chosen={chosen} />
        </div>
        <div class="stack">
          <Probabilities frame={frame} />
          <FamilyScores frame={frame} />
        </div>
      </div>
    </>
  );
}
