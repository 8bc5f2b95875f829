import { Tabs, type Tab } from "../../../components/basic";
import { t } from "../../../i18n";
import { changeView, state } from "../../../play/store";
import { CheckPanel } from "./check/CheckPanel";
import { Quiz } from "./number/Quiz";
import { WhyNumber } from "./number/WhyNumber";
import { RegionsPanel } from "./regions/RegionsPanel";
import { countWarnings, SignsPanel } from "./signs/SignsPanel";
import { SlowMotion } from "./slow/SlowMotion";
import { SurfacePanel } from "./surface/SurfacePanel";

/** Panels that say why: derivations, slow motion, checks, the error surface, regions, signs. */
export function WhyPanels() {
  const warnings = countWarnings();
  const tabs: Tab[] = [
    { key: "why", label: t("why.tab.number"), content: () => <WhyNumber /> },
    { key: "slow", label: t("why.tab.slow"), content: () => <SlowMotion /> },
    { key: "quiz", label: t("why.tab.quiz"), content: () => <Quiz /> },
    { key: "check", label: t("why.tab.check"), content: () => <CheckPanel /> },
    { key: "surface", label: t("why.tab.surface"), content: () => <SurfacePanel /> },
    { key: "regions", label: t("why.tab.regions"), content: () => <RegionsPanel /> },
    { key: "signs", label: warnings ? t("why.tab.signs.some", { count: warnings }) : t("why.tab.signs"), content: () => <SignsPanel /> },
  ];
  return (
    <section class="why" aria-labelledby="why-heading">
      <h2 id="why-heading">{t("why.heading")}</h2>
      <Tabs label={t("why.heading")} tabs={tabs} chosen={state.value.view.tab || "why"} onChoose={(key) => changeView({ tab: key === "why" ? "" : key })} />
    </section>
  );
}
