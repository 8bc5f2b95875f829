import { signal } from "@preact/signals";
import { formatNumber } from "../../../../analysis/numbers";
import { isKey, t } from "../../../../i18n";
import { fieldName } from "../../../../play/names";
import type { Sign } from "../../../../play/protocol";
import { frame } from "../../../../play/session";
import type { LayerState, NetworkState } from "../../../../play/state";
import { changeNetwork, state } from "../../../../play/store";
import { changesOf, inverseOf, isInPlace, type Patch } from "../../../../play/why/remedies";
import { layerTitle } from "../slow/StageView";
import { useLayers } from "../network";

interface Applied {
  sign: string;
  network: number;
  patch: Patch;
  back: Patch;
}
/** Changes that were taken, the last first: each can be taken back. */
const applied = signal<readonly Applied[]>([]);
const MOST = 5;

const shownSigns = (): readonly Sign[] => frame.value?.networks[state.value.view.network]?.signs ?? [];
export const countWarnings = (): number => shownSigns().filter(({ level }) => level === "warning").length;

/** What goes wrong: what was seen, why it matters, and the change to try. */
export function SignsPanel() {
  const signs = shownSigns();
  const index = state.value.view.network;
  const network = state.value.networks[index]!;
  const taken = applied.value.filter((one) => one.network === index && isInPlace(one.patch, network));
  return (
    <>
      <p class="lead-in">{t("why.signs.lead")}</p>
      <div role="status">{signs.length === 0 && <p class="why-answer">{t(frame.value?.networks[index]?.epoch ? "why.signs.none" : "why.signs.begin")}</p>}</div>
      <ul class="why-signs">
        {signs.map((sign) => <SignCard key={`${sign.sign} ${sign.path}`} sign={sign} network={network} index={index} />)}
      </ul>
      {taken.length > 0 && (
        <section aria-labelledby="applied-heading">
          <h3 id="applied-heading">{t("why.signs.applied")}</h3>
          <ul class="why-applied">
            {taken.map((one) => (
              <li key={JSON.stringify(one.patch)}>
                {changesOf(one.back, network).map(({ field, from, to }) => `${fieldName(field)}: ${shown(to)} → ${shown(from)}`).join("; ")}{" "}
                <button
                  type="button" class="small"
                  onClick={() => {
                    applied.value = applied.value.filter((other) => other !== one);
                    changeNetwork(one.back, one.network);
                  }}
                >
                  {t("play.undo")}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function SignCard({ sign, network, index }: { sign: Sign; network: NetworkState; index: number }) {
  const layers = useLayers();
  const patch = sign.remedy as Patch | null;
  const changes = patch ? changesOf(patch, network) : [];
  const path = sign.path?.split("[")[0];
  const units = /\[([\d, ]+)\]/.exec(sign.path ?? "")?.[1]?.split(",").map((unit) => Number(unit) + 1) ?? [];
  const title = known(`why.sign.${sign.sign}`, {}) ?? sign.sign;
  const where = path ? layerTitle(path, layers) + (units.length ? `, ${t("why.signs.units", { units: units.join(", ") })}` : "") : "";
  const apply = () => {
    applied.value = [{ sign: sign.sign, network: index, patch: patch!, back: inverseOf(patch!, network) }, ...applied.value].slice(0, MOST);
    changeNetwork(patch!, index);
  };
  return (
    <li class={`why-sign ${sign.level}`}>
      <h3><span class="sign-mark" aria-hidden="true">{sign.level === "warning" ? "!" : "i"}</span> {title}{where && <small> {where}</small>}</h3>
      <p><b>{t("why.signs.saw")}</b> {seenText(sign)}</p>
      <p><b>{t("why.signs.means")}</b> {known(`why.sign.${sign.sign}.why`, {}) ?? ""}</p>
      {changes.length > 0 && (
        <p class="sign-remedy">
          <b>{t("why.signs.try")}</b>{" "}
          {changes.map(({ field, from, to }) => <span key={field}>{fieldName(field)}: {shown(from)} → <b>{shown(to)}</b></span>)}
          <button type="button" class="small strong" onClick={apply}>{t("why.signs.apply")}</button>
        </p>
      )}
    </li>
  );
}

const PERCENT = ["share", "rises"];

function seenText({ sign, seen }: Sign): string {
  const values = Object.fromEntries(Object.entries(seen).map(([name, value]) =>
    [name, typeof value === "string" ? value : PERCENT.includes(name) ? `${Math.round(100 * value)} %` : formatNumber(value)]));
  const text = ("array" in seen && known(`why.sign.${sign}.born`, values)) || known(`why.sign.${sign}.saw`, values);
  return text ?? Object.entries(values).map(([name, value]) => `${name} ${value}`).join(", ");
}

const known = (key: string, values: Record<string, string>): string | null => (isKey(key) ? t(key, values) : null);

/** A value of the state as readers know it: layers by units and activation. */
function shown(value: unknown): string {
  if (typeof value === "number") return formatNumber(value);
  if (value === null || value === undefined) return t("play.off");
  if (Array.isArray(value)) return (value as LayerState[]).map(({ units, activation }) => `${units} ${t(`play.activation.${activation}`)}`).join(" – ");
  const text = String(value);
  const key = ["play.option", "play.initializer", "play.preparation", "play.penalty", "play.optimizer"].map((prefix) => `${prefix}.${text}`).find(isKey);
  return key && isKey(key) ? t(key) : text;
}
