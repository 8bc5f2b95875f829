import { formatNumber } from "../../../analysis/numbers";
import { t } from "../../../i18n";
import { scaleOfLabels } from "../../../play/map/points";
import { data } from "../../../play/session";
import { state } from "../../../play/store";
import { ClassMark } from "../ClassMark";

/** What colours and shapes mean. */
export function MapLegend() {
  const isRegression = state.value.data.problem === "regression";
  const classes = data.value?.classes || 2;
  const most = isRegression ? scaleOfLabels() : 1;
  return (
    <div class="map-legend">
      {(isRegression || classes === 2) && (
        <span class="map-scale"><span>{formatNumber(-most)}</span><i aria-hidden="true" /><span>{formatNumber(most)}</span></span>
      )}
      {!isRegression && Array.from({ length: classes }, (_, label) => (
        <span key={label}><ClassMark label={label} /> {t("play.map.class", { number: label })}</span>
      ))}
      {isRegression && <><span><ClassMark label={0} /> {"< 0"}</span><span><ClassMark label={1} /> {"≥ 0"}</span></>}
      <small>{t("play.map.colours")}</small>
    </div>
  );
}
