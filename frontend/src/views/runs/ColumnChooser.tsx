import { Check } from "../../components/basic";
import { t } from "../../i18n";
import { fullName } from "../../i18n/names";
import { setOptions } from "../../state/location";
import { headOf } from "./RunTable";
import { toggledColumn, type Columns } from "./tableColumns";

/** Which columns the table of runs has; those that are not the usual ones are kept in the address. */
export function ColumnChooser({ columns, chosen }: { columns: Columns; chosen: readonly string[] }) {
  const groups = [
    [t("runs.columns.results"), columns.results, fullName],
    [t("runs.columns.settings"), columns.settings, (name: string) => name],
    [t("runs.columns.other"), columns.fields, headOf],
  ] as const;
  return (
    <details class="column-chooser">
      <summary>{t("runs.columns")}</summary>
      <div class="columns">
        {groups.map(([title, names, label]) => names.length > 0 && (
          <fieldset key={title}>
            <legend>{title}</legend>
            {names.map((name) => (
              <Check
                key={name}
                label={label(name)}
                checked={chosen.includes(name)}
                onChange={() => setOptions({ columns: toggledColumn(columns, chosen, name) }, "replace")}
              />
            ))}
          </fieldset>
        ))}
      </div>
      <button type="button" class="small" disabled={chosen === columns.usual} onClick={() => setOptions({ columns: null }, "replace")}>{t("runs.columns.usual")}</button>
    </details>
  );
}
