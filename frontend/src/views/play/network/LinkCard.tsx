import { formatNumber } from "../../../analysis/numbers";
import { t } from "../../../i18n";
import { signOf } from "../../../play/drawing/colours";
import type { Column } from "../../../play/drawing/columns";
import { at } from "../../../play/drawing/numbers";
import { addressOf, type Part } from "../../../play/drawing/pointing";
import { frame } from "../../../play/session";
import { shortName } from "./names";

/** What is pointed at, with its value: it follows training. */
export function LinkCard({ network, part, columns, style }: { network: number; part: Part; columns: readonly Column[]; style: Record<string, string> }) {
  const now = frame.value?.networks[network] ?? null;
  const address = addressOf(part, columns, now);
  const numbers = address && now?.arrays.get(`param:${address.path}`);
  const value = numbers ? at(numbers, address.index) : NaN;
  const gradients = address && now?.arrays.get(`grad:${address.path}`);
  return (
    <div class="net-card" style={style} role="status">
      <span>{shortName(columns, part)}</span>{" "}
      <b>{signOf(value)} {formatNumber(Math.abs(value))}</b>
      {gradients && <small>{t("net.gradient_is", { value: formatNumber(at(gradients, address.index)) })}</small>}
      <small>{t("net.click_to_edit")}</small>
    </div>
  );
}
