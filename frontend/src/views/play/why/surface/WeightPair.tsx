import { t } from "../../../../i18n";
import { frame } from "../../../../play/session";
import { state } from "../../../../play/store";
import type { NetworkHeader } from "../../../../play/protocol";
import { symbolOf, textOf, type Naming } from "../../../../play/why/names";

const MOST = 400;

/** The names of all weights and biases, of large networks the first. */
export function weightNames(layers: NetworkHeader["layers"], inputs: number): string[] {
  const arrays = frame.value?.networks[state.value.view.network]?.arrays;
  const names: string[] = [];
  layers.forEach(({ path }, at) => {
    for (const leaf of ["W", "b"]) {
      const shape = arrays?.get(`param:${path}/${leaf}`)?.shape ?? (leaf === "W" ? [at ? layers[at - 1]!.units : inputs, layers[at]!.units] : [layers[at]!.units]);
      const count = shape.reduce((product, length) => product * length, 1);
      for (let flat = 0; flat < count && names.length < MOST; flat++) names.push(`${path}/${leaf}[${indexOf(flat, shape).join(", ")}]`);
    }
  });
  return names;
}

function indexOf(flat: number, shape: readonly number[]): number[] {
  const index: number[] = [];
  for (let axis = shape.length - 1, rest = flat; axis >= 0; axis--) {
    index.unshift(rest % shape[axis]!);
    rest = Math.floor(rest / shape[axis]!);
  }
  return index;
}

export function WeightPair(props: { names: readonly string[]; naming: Naming; chosen: readonly [string, string]; onChoose: (pair: readonly [string, string]) => void }) {
  const { names, naming, chosen, onChoose } = props;
  const replace = (at: 0 | 1, name: string) => {
    const other = chosen[1 - at]!;
    onChoose(at === 0 ? [name, other === name ? chosen[0] : other] : [other === name ? chosen[1] : other, name]);
  };
  return (
    <>
      {([0, 1] as const).map((at) => (
        <label key={at} class="field">
          <span>{t(at ? "why.surface.up" : "why.surface.across")}</span>
          <select value={chosen[at]} onChange={(event) => replace(at, event.currentTarget.value)}>
            {names.map((name) => <option key={name} value={name} selected={name === chosen[at]}>{textOf(symbolOf(name, naming))}</option>)}
          </select>
        </label>
      ))}
    </>
  );
}
