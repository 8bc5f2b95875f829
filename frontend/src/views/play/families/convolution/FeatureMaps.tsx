import type { ComponentChildren } from "preact";
import { t } from "../../../../i18n";
import { largest } from "../../../../components/drawArray";
import { partOf, type FamilyFrame } from "../../../../play/families/frames";
import { HeatGrid } from "../HeatGrid";
import { count, NumberTable } from "../NumberTable";

/** A number of a feature map, or of a pooled one. */
export interface ChosenNumber {
  part: "maps" | "pooled";
  filter: number;
  row: number;
  column: number;
}

/** Each filter, its feature map and the pooled map, from left to right. */
export function FeatureMaps({ frame, chosen, onChoose }: { frame: FamilyFrame; chosen: ChosenNumber; onChoose: (number: ChosenNumber) => void }) {
  const [kernels, maps, pooled] = [frame.array("kernels"), frame.array("maps"), frame.array("pooled")];
  const most = { kernels: largest(kernels.values), maps: largest(maps.values) };
  const filters = count(kernels.shape[0]!);
  const at = (part: "maps" | "pooled", filter: number) => (chosen.part === part && chosen.filter === filter ? chosen : null);
  return (
    <section class="stack" aria-labelledby="maps-heading">
      <h2 id="maps-heading">{t("family.conv.maps")}</h2>
      <div class="feature-maps">
        {filters.map((filter) => {
          const name = { number: filter + 1 };
          const map = at("maps", filter);
          const pool = at("pooled", filter);
          return (
            <div key={filter} class="feature-row">
              <Titled title={t("family.conv.kernel.of", name)}>
                <HeatGrid label={t("family.conv.kernel.of", name)} rows={3} columns={3} values={partOf(kernels, filter).values} scale="signed" most={most.kernels} />
              </Titled>
              <Titled title={t("family.conv.map")}><HeatGrid
                label={`${t("family.conv.map.of", name)}. ${t("family.keys")}`} rows={6} columns={6} values={partOf(maps, filter).values} scale="share" most={most.maps}
                chosen={map} box={pool && { row: 2 * pool.row, column: 2 * pool.column, rows: 2, columns: 2 }}
                onChoose={(place) => onChoose({ part: "maps", filter, ...place })}
              /></Titled>
              <Titled title={t("family.conv.pooled")}><HeatGrid
                label={`${t("family.conv.pooled.of", name)}. ${t("family.keys")}`} rows={3} columns={3} values={partOf(pooled, filter).values} scale="share" most={most.maps}
                chosen={pool} onChoose={(place) => onChoose({ part: "pooled", filter, ...place })}
              /></Titled>
            </div>
          );
        })}
      </div>
      <NumberTable
        parts={filters.flatMap((filter) => [
          { title: t("family.conv.kernel.of", { number: filter + 1 }), rows: 3, columns: 3, values: partOf(kernels, filter).values },
          { title: t("family.conv.map.of", { number: filter + 1 }), rows: 6, columns: 6, values: partOf(maps, filter).values },
        ])}
      />
    </section>
  );
}

const Titled = ({ title, children }: { title: string; children: ComponentChildren }) => <figure>{children}<figcaption>{title}</figcaption></figure>;
