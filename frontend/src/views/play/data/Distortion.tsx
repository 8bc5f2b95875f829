import { t } from "../../../i18n";
import { changeData, state } from "../../../play/store";
import { Slider } from "../controls/inputs";

/** Data that are hard to learn: few points, inputs of unequal size, inputs that go together. */
export function Distortion() {
  const { data } = state.value;
  return (
    <details>
      <summary>{t("play.data.more")}</summary>
      <div class="stack">
        {data.name !== "own" && (
          <Slider
            field="count" value={data.count ?? 500} least={10} greatest={2000} step={10} shown={data.count === null ? t("play.data.usual") : String(data.count)}
            onChange={(count, dragging) => changeData({ count }, { dragging })}
          />
        )}
        <Slider field="stretch" value={data.stretch} least={1} greatest={20} step={1} shown={`× ${data.stretch}`} onChange={(stretch, dragging) => changeData({ stretch }, { dragging })} />
        <Slider field="tilt" value={data.tilt} least={-0.95} greatest={0.95} step={0.05} shown={String(data.tilt)} onChange={(tilt, dragging) => changeData({ tilt }, { dragging })} />
      </div>
    </details>
  );
}
