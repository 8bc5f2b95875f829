import { t } from "../../../i18n";
import { formatAddress } from "../../../play/address/format";
import { FAMILIES, familyOf } from "../../../play/families/names";
import { changeView, state } from "../../../play/store";

/** From the points in the plane to other kinds of network, and back: links, so that each opens in a window of its own too. */
export function FamilyTabs() {
  const chosen = familyOf(state.value.view.tab) ?? "points";
  return (
    <nav class="family-tabs" aria-label={t("play.tabs")}>
      {(["points", ...FAMILIES] as const).map((name) => {
        const view = { ...state.value.view, tab: name === "points" ? "" : name };
        return (
          <a
            key={name} href={formatAddress({ ...state.value, view }).address} aria-current={name === chosen ? "page" : undefined}
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
              event.preventDefault();
              if (name !== chosen) changeView({ tab: view.tab });
            }}
          >
            {t(`play.tab.${name}`)}
          </a>
        );
      })}
    </nav>
  );
}
