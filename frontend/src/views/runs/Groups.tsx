import type { RunSummary } from "../../api/types";
import { areGroupsComparable, groupRuns, higherIsBetter, lowerBound, type Group } from "../../analysis/grouping";
import { formatNumber } from "../../analysis/numbers";
import { t } from "../../i18n";
import { fullName } from "../../i18n/names";
import { choose } from "../../state/selection";

/** Means over the runs of each value of a setting, with their intervals drawn on one scale. */
export function Groups({ runs, setting, metric }: { runs: readonly RunSummary[]; setting: string; metric: string }) {
  const groups = groupRuns(runs, setting, metric);
  const least = lowerBound(metric, runs);
  const scale = scaleOf(groups, least);
  const best = bestOf(groups, metric);
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
                <td class="number"><b>{formatNumber(group.mean.mean)}</b>{group === best ? ` ${t("groups.best")}` : ""}</td>
                <td class="number">{intervalText(group, least)}</td>
                <td><Interval group={group} least={least} scale={scale} /></td>
                <td><button type="button" class="small" onClick={() => choose(group.runs.map((run) => run.id))}>{t("groups.choose")}</button></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** The best of groups that can be compared: none where their data or losses are not the same. */
function bestOf(groups: readonly Group[], metric: string): Group | null {
  const known = groups.filter(({ mean }) => Number.isFinite(mean.mean));
  if (known.length < 2 || !areGroupsComparable(known, metric)) return null;
  const sign = higherIsBetter(metric) ? -1 : 1;
  return known.reduce((best, group) => (sign * group.mean.mean < sign * best.mean.mean ? group : best));
}

/** An interval that would reach below what can be is told by its ends. */
export function intervalText({ mean: { count, mean, half } }: Group, least: number): string {
  if (count === 0) return t("groups.without");
  if (!Number.isFinite(half)) return t("groups.single");
  return mean - half < least ? `${formatNumber(least)} – ${formatNumber(mean + half)}` : `± ${formatNumber(half)}`;
}

const WIDTH = 180;

function scaleOf(groups: readonly Group[], below: number): (value: number) => number {
  const ends = groups.flatMap(({ mean: { mean, half } }) => [Math.max(mean - (half || 0), below), mean + (half || 0)]).filter(Number.isFinite);
  const [least, greatest] = [Math.min(...ends), Math.max(...ends)];
  return (value) => 8 + ((value - least) / (greatest - least || 1)) * (WIDTH - 16);
}

function Interval({ group: { mean: { mean, half } }, least, scale }: { group: Group; least: number; scale: (value: number) => number }) {
  if (!Number.isFinite(mean)) return null;
  const reach = Number.isFinite(half) ? half : 0;
  return (
    <svg width={WIDTH} height="16" aria-hidden="true" class="interval">
      <line x1={scale(Math.max(mean - reach, least))} x2={scale(mean + reach)} y1="8" y2="8" />
      <circle cx={scale(mean)} cy="8" r="4" />
    </svg>
  );
}
