import "../../../styles/play/families.css";
import { useEffect } from "preact/hooks";
import { Loading } from "../../../components/basic";
import { t } from "../../../i18n";
export { ready } from "../../../i18n/play/families";
import { formatNumber } from "../../../analysis/numbers";
import type { FamilyFrame } from "../../../play/families/frames";
import type { FamilyName } from "../../../play/families/names";
import { family, openFamily } from "../../../play/families/session";
import { AttentionView } from "./attention/AttentionView";
import { AutoencoderView } from "./autoencoder/AutoencoderView";
import { ConvolutionView } from "./convolution/ConvolutionView";
import { RecurrentView } from "./recurrent/RecurrentView";

const VIEWS = { convolution: ConvolutionView, recurrent: RecurrentView, autoencoder: AutoencoderView, attention: AttentionView };

/** A network beyond points, from its first frame on. */
export function FamilyView({ name }: { name: FamilyName }) {
  useEffect(() => openFamily(name), [name]);
  const frame = family.value;
  if (frame?.name !== name) return <Loading />;
  const View = VIEWS[name];
  return (
    <>
      {frame.diverged && <p class="fault" role="alert">{t("family.diverged")}</p>}
      <View frame={frame} />
      <Announcement frame={frame} />
    </>
  );
}

/** What a screen reader says when training pauses. */
const Announcement = ({ frame: { running, step, loss } }: { frame: FamilyFrame }) => (
  <div class="hidden" aria-live="polite">{!running && step > 0 && t("family.announce", { step, loss: formatNumber(loss.test) })}</div>
);
