import { Folded } from "../../../components/Folded";
import { useCalm } from "../../../components/useAnswer";
import { Confusion } from "../../../components/Confusion";
import { t } from "../../../i18n";
import { frame } from "../../../play/session";
import { state } from "../../../play/store";

export const ConfusionOfTest = () => state.value.data.problem === "classification" ? <Folded summary={t("play.confusion")}>{() => <Matrix />}</Folded> : null;

function Matrix() {
  const matrix = useCalm(frame.value?.networks[state.value.view.network]?.confusion ?? null, 250);
  return matrix && <Confusion classes={matrix.map((_, label) => String(label))} matrix={matrix} chosen={null} />;
}
