import { useLayoutEffect } from "preact/hooks";
import { formatNumber } from "../../../analysis/numbers";
import { t } from "../../../i18n";
import type { Column } from "../../../play/drawing/columns";
import { valueOf } from "../../../play/drawing/editing";
import { stepOf } from "../../../play/drawing/keyboard";
import { opened, type Address, type Part } from "../../../play/drawing/pointing";
import { partName, shortName } from "./names";
import { useWeight } from "./useWeight";

interface Props {
  network: number;
  part: Part;
  address: Address;
  columns: readonly Column[];
  style: Record<string, string>;
  /** Where the focus goes when it is closed by a key. */
  onClose(): void;
}

/** The number field of a link or a bias, where it is. */
export function NumberField({ network, part, address, columns, style, onClose }: Props) {
  const close = () => {
    opened.value = null;
    onClose();
  };
  const { input, isWrong, before, attributes } = useWeight(network, address, close);
  useLayoutEffect(() => {
    input.current?.focus({ preventScroll: true });
    input.current?.select();
  }, [JSON.stringify(address)]);
  const name = partName(columns, part);
  return (
    <div class="net-card net-field" style={style} role="group" aria-label={name}>
      <b>{shortName(columns, part)}</b>
      <div class="net-field-row">
        <input
          ref={input}
          type="text"
          aria-label={name}
          aria-invalid={isWrong}
          aria-describedby="net-field-help"
          {...attributes}
          onBlur={(event) => {
            attributes.onBlur();
            if (!(event.currentTarget.parentElement?.contains(event.relatedTarget as Node | null) ?? false)) opened.value = null;
          }}
        />
        <button type="button" class="small" aria-label={t("net.close")} title={t("net.close")} onClick={close}>✕</button>
      </div>
      <small id="net-field-help">
        {isWrong ? t("net.not_a_number") : <Help network={network} address={address} before={before} />}
      </small>
    </div>
  );
}

function Help({ network, address, before }: { network: number; address: Address; before(): number }) {
  const now = valueOf(network, address);
  return (
    <>
      <span>{t("net.now", { value: formatNumber(now) })}</span><br />
      {t("net.edit_help", { value: formatNumber(Number.isFinite(before()) ? before() : now), step: stepOf(now) })}
    </>
  );
}
