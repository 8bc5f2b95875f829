import { t } from "../../../i18n";
import { changeData, state } from "../../../play/store";

const COMPONENTS = "components";

/** Of more than two inputs the map shows two, or the first two principal components. */
export function Axes() {
  const { columns, axes } = state.value.data;
  if (columns.length < 3) return null;
  const isComponents = axes[0] < 0;
  const choose = (at: 0 | 1, text: string) => {
    if (text === COMPONENTS) return changeData({ axes: [-1, -1] });
    const other = isComponents ? (Number(text) + 1) % columns.length : axes[1 - at]!;
    const rest = other === Number(text) ? (isComponents ? 0 : axes[at]!) : other; // the axes change places
    changeData({ axes: at === 0 ? [Number(text), rest] : [rest, Number(text)] });
  };
  return (
    <div class="group wrap">
      {([0, 1] as const).map((at) => (
        <label key={at} class="field"><span>{t(at === 0 ? "play.axes.x" : "play.axes.y")}</span>
          <select value={isComponents ? COMPONENTS : String(axes[at])} onChange={(event) => choose(at, event.currentTarget.value)}>
            {columns.map((name, index) => <option key={index} value={String(index)}>{name}</option>)}
            <option value={COMPONENTS}>{t("play.axes.components")}</option>
          </select>
        </label>
      ))}
    </div>
  );
}
