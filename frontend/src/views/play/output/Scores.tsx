import { formatNumber } from "../../../analysis/numbers";
import { t } from "../../../i18n";
import type { NetworkFrame } from "../../../play/frames";
import { frame } from "../../../play/session";
import { state } from "../../../play/store";

/** Loss and accuracy now, of the network shown. */
export function Scores() {
  const network = frame.value?.networks[state.value.view.network];
  return (
    <dl class="scores">
      <Score name={t("play.loss.train")} value={formatLoss(network, "train")} />
      <Score name={t("play.loss.test")} value={formatLoss(network, "test")} />
      {network?.accuracy && <Score name={t("play.accuracy.train")} value={formatShare(network.accuracy.train)} />}
      {network?.accuracy && <Score name={t("play.accuracy.test")} value={formatShare(network.accuracy.test)} />}
    </dl>
  );
}

const Score = ({ name, value }: { name: string; value: string }) => <div><dt>{name}</dt><dd>{value}</dd></div>;

/** As many decimals always: numbers that change many times a second must not jump. No test points have no loss. */
function formatLoss(network: NetworkFrame | undefined, part: "train" | "test"): string {
  const value = network?.loss[part];
  if (value === undefined || value === null) return network?.status === "diverged" ? "NaN" : "–";
  return value >= 1e4 ? formatNumber(value) : value.toFixed(value < 10 ? 4 : 2);
}

const formatShare = (value: number | null): string => (value === null ? "–" : `${(100 * value).toFixed(1)} %`);
