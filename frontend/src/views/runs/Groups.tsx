import type { RunSummary } from "../../api/types";
import { groupRuns, higherIsBetter, type Group } from "../../analysis/grouping";
import { formatNumber } from "../../analysis/numbers";
import { t } from "../../i18n";
import { fullName } from "../../i18n/names";
import { choose } from "../../state/selection";

/** Means over the runs of each value of a setting, with their intervals drawn on one scale. */
export function Groups({ runs, setting, metric }: { runs: readonly RunSummary[]; setting: string; metric: string }) {
  const groups = groupRuns(runs, setting, metric);
  const scale = scaleOf(groups);
  const means = groups.map((group) => group.mean.mean).filter(Number.isFinite);
  const best = higherIsBetter(metric) ? Math.max(...means) : Math.min(...means);
  return (
    <section class="groups">
      <h2>{t("groups.title", { metric: fullName(metric), setting })}</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label={t("groups.title", { metric: fullName(metric), setting })}>
        <table>
          <thead>
            <tr>
              <th scope="col">{setting}</th><th scope="col" class="number">{t("groups.runs")}</th>
              <th scope="col" class="number">{t("groups.mean")}</th><th scope="col" class="number">{t("groups.interval")}</th>
              <th scope="col" class="bar-head"><span class="hidden">{t("groups.picture")}</span></th><th scope="col"><span class="hidden">{t("runs.chosen.action")}</span></th>
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <tr key={group.value}>
                <th scope="row">{group.value}</th>
                <td class="number">{group.runs.length}</td>
                <td class="number"><b>{formatNumber(group.mean.mean)}</b>{group.mean.mean === best && means.length > 1 ? ` ${t("groups.best")}` : ""}</td>
                <td class="number">{Number.isFinite(group.mean.half) ? `± ${formatNumber(group.mean.half)}` : t("groups.single")}</td>
                <td><Interval group={group} scale={scale} /></td>
                <td><button type="button" class="small" onClick={() => choose(group.runs.map((run) => run.id))}>{t("groups.choose")}</button></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const WIDTH = 180;

function scaleOf(groups: readonly Group[]): (value: number) => number {
  const ends = groups.flatMap(({ mean: { mean, half } }) => [mean - (half || 0), mean + (half || 0)]).filter(Number.isFinite);
  const [least, greatest] = [Math.min(...ends), Math.max(...ends)];
  return (value) => 8 + ((value - least) / (greatest - least || 1)) * (WIDTH - 16);
}

function Interval({ group: { mean: { mean, half } }, scale }: { group: Group; scale: (value: number) => number }) {
  if (!Number.isFinite(mean)) return null;
  const reach = Number.isFinite(half) ? half : 0;
  return (
    <svg width={WIDTH} height="16" aria-hidden="true" class="interval">
      <line x1={scale(mean - reach)} x2={scale(mean + reach)} y1="8" y2="8" />
      <circle cx={scale(mean)} cy="8" r="4" />
    </svg>
  );
}
