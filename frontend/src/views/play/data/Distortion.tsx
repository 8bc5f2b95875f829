import { Folded } from "../../../components/Folded";
import { t } from "../../../i18n";
import { changeData, state } from "../../../play/store";
import { Slider } from "../controls/inputs";

/** Data that are hard to learn: few points, inputs of unequal size, inputs that go together. */
export const Distortion = () => <Folded summary={t("play.data.more")}>{() => <Sliders />}</Folded>;

function Sliders() {
  const { name, count, stretch, tilt } = state.value.data;
  return (
    <div class="stack">
      {name !== "own" && (
        <Slider
          field="count" value={count ?? 500} least={10} greatest={2000} step={10} shown={count === null ? t("play.data.usual") : String(count)}
          onChange={(count, dragging) => changeData({ count }, { dragging })}
        />
      )}
      <Slider field="stretch" value={stretch} least={1} greatest={20} step={1} shown={`× ${stretch}`} onChange={(stretch, dragging) => changeData({ stretch }, { dragging })} />
      <Slider field="tilt" value={tilt} least={-0.95} greatest={0.95} step={0.05} shown={String(tilt)} onChange={(tilt, dragging) => changeData({ tilt }, { dragging })} />
    </div>
  );
}
