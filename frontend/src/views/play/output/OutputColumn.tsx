import { Check } from "../../../components/basic";
import { t } from "../../../i18n";
import { changeView, state } from "../../../play/store";
import { Control } from "../Control";
import { ConfusionOfTest } from "./ConfusionOfTest";
import { LossChart } from "./LossChart";
import { MapLegend } from "./MapLegend";
import { MapView } from "./MapView";
import { Scores } from "./Scores";

/** What the network makes of it: its answer over the plane, losses, accuracy. */
export function OutputColumn() {
  const { show_test, discretize, embed } = state.value.view;
  return (
    <section class="play-output" aria-labelledby="output-heading">
      <h2 id="output-heading">{t("play.output")}</h2>
      <Scores />
      <MapView />
      <MapLegend />
      <div class="group wrap">
        <Control name="show_test"><Check label={t("play.field.show_test")} checked={show_test} onChange={(on) => changeView({ show_test: on })} /></Control>
        <Control name="discretize"><Check label={t("play.field.discretize")} checked={discretize} onChange={(on) => changeView({ discretize: on })} /></Control>
      </div>
      <LossChart />
      {!embed && <ConfusionOfTest />}
    </section>
  );
}
