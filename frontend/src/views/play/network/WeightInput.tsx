import type { Address } from "../../../play/drawing/pointing";
import { useWeight } from "./useWeight";

/** A number of the network within a table. */
export function WeightInput({ network, address, label, onPoint }: { network: number; address: Address; label: string; onPoint(isAt: boolean): void }) {
  const { input, isWrong, isEdited, attributes } = useWeight(network, address, () => input.current?.select());
  return (
    <input
      ref={input}
      type="text"
      class="weight-input"
      aria-label={label}
      aria-invalid={isWrong}
      {...attributes}
      onKeyDown={(event) => (event.key !== "Escape" || isEdited()) && attributes.onKeyDown(event)} // else it closes the panel
      onFocus={() => (attributes.onFocus(), onPoint(true))}
      onBlur={() => (attributes.onBlur(), onPoint(false))}
    />
  );
}
