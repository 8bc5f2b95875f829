import { Folded } from "../../../components/Folded";
import { t } from "../../../i18n";
import { INITIALIZERS, OPTIMIZERS, PREPARATIONS, SCHEDULES } from "../../../play/state";
import { changeNetwork, shownNetwork, state } from "../../../play/store";
import { Control } from "../Control";
import { lossesFor } from "./MainSettings";
import { NumberChoice, Select, Slider } from "./inputs";

const SHARES = [0, 0.5, 0.8, 0.9, 0.95, 0.99];
const DROPOUT = [0, 0.1, 0.2, 0.3, 0.5, 0.7];
const NOISES = [0, 0.01, 0.03, 0.1, 0.3, 1];
const NORMS = [0, 0.1, 0.3, 1, 3, 10];
const EPOCHS = [10, 30, 100, 300, 1000, 3000];
const PATIENCES = [0, 5, 10, 20, 50, 100];

/** All other settings of the network that is shown, folded away. */
export function SettingsPanel() {
  return (
    <Folded summary={t("play.more")} class="settings">
      {() => (
        <div class="settings-grid">
          <OptimizerSettings />
          <StartSettings />
          <NoiseSettings />
        </div>
      )}
    </Folded>
  );
}

function OptimizerSettings() {
  const network = shownNetwork();
  return (
    <Control name="optimizer">
      <Select field="optimizer" value={network.optimizer} options={OPTIMIZERS.map((one) => [one, t(`play.optimizer.${one}`)])} onChange={(optimizer) => changeNetwork({ optimizer })} />
      {(network.optimizer === "momentum" || network.optimizer === "nesterov") && (
        <NumberChoice field="momentum" value={network.momentum} options={SHARES} onChange={(momentum) => changeNetwork({ momentum })} />
      )}
      <Select field="schedule" value={network.schedule} options={SCHEDULES.map((one) => [one, t(`play.schedule.${one}`)])} onChange={(schedule) => changeNetwork({ schedule })} />
      {network.schedule !== "constant" && (
        <NumberChoice field="schedule_epochs" value={network.schedule_epochs} options={EPOCHS} onChange={(schedule_epochs) => changeNetwork({ schedule_epochs })} />
      )}
      <NumberChoice field="clip_norm" value={network.clip_norm ?? 0} options={NORMS} off={0} onChange={(norm) => changeNetwork({ clip_norm: norm || null })} />
    </Control>
  );
}

function StartSettings() {
  const network = shownNetwork();
  const losses = lossesFor(state.value.data.problem);
  return (
    <>
      <Control name="loss">
        <Select field="loss" value={network.loss} options={losses.map((one) => [one, t(`play.loss.${one}`)])} onChange={(loss) => changeNetwork({ loss })} />
      </Control>
      <Control name="initializer">
        <Select field="initializer" value={network.initializer} options={INITIALIZERS.map((one) => [one, t(`play.initializer.${one}`)])} onChange={(initializer) => changeNetwork({ initializer })} />
      </Control>
      <Control name="preparation">
        <Select field="preparation" value={network.preparation} options={PREPARATIONS.map((one) => [one, t(`play.preparation.${one}`)])} onChange={(preparation) => changeNetwork({ preparation })} />
      </Control>
    </>
  );
}

function NoiseSettings() {
  const network = shownNetwork();
  return (
    <Control name="dropout">
      <NumberChoice field="dropout" value={network.dropout} options={DROPOUT} off={0} onChange={(dropout) => changeNetwork({ dropout })} />
      <NumberChoice field="input_noise" value={network.input_noise} options={NOISES} off={0} onChange={(input_noise) => changeNetwork({ input_noise })} />
      <NumberChoice field="weight_noise" value={network.weight_noise} options={NOISES} off={0} onChange={(weight_noise) => changeNetwork({ weight_noise })} />
      <NumberChoice field="patience" value={network.patience} options={PATIENCES} off={0} onChange={(patience) => changeNetwork({ patience: Math.round(patience) })} />
    </Control>
  );
}

/** The batch size belongs to the network, but stands with the data, as readers expect it. */
export function BatchSize() {
  const { batch_size } = shownNetwork();
  return (
    <Slider
      field="batch_size" value={batch_size} least={1} greatest={30} step={1} shown={String(batch_size)}
      onChange={(size, dragging) => changeNetwork({ batch_size: size }, undefined, { dragging })}
    />
  );
}
