import { t } from "../../../i18n";
import { ACTIVATIONS, LOSSES, PENALTIES, type Activation, type NetworkState } from "../../../play/state";
import { changeNetwork, changeProblem, shownNetwork, state } from "../../../play/store";
import { Control } from "../Control";
import { NumberChoice, Select } from "./inputs";

export const RATES = [1e-5, 1e-4, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];
const PENALTY_RATES = [0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];

/** The settings of TensorFlow Playground's bar; none of them needs a reset. */
export function MainSettings() {
  const network = shownNetwork();
  const { problem } = state.value.data;
  return (
    <>
      <Control name="learning_rate">
        <NumberChoice field="learning_rate" value={network.learning_rate} options={RATES} onChange={(learning_rate) => changeNetwork({ learning_rate })} />
      </Control>
      <Control name="activation"><ActivationOfAll network={network} /></Control>
      <Control name="penalty">
        <Select field="penalty" value={network.penalty} options={PENALTIES.map((one) => [one, t(`play.penalty.${one}`)])} onChange={(penalty) => changeNetwork({ penalty })} />
      </Control>
      <Control name="penalty_rate">
        <NumberChoice field="penalty_rate" value={network.penalty_rate} options={PENALTY_RATES} onChange={(penalty_rate) => changeNetwork({ penalty_rate })} />
      </Control>
      <Control name="problem">
        <Select
          field="problem" value={problem} onChange={changeProblem}
          options={(["classification", "regression"] as const).map((one) => [one, t(`play.problem.${one}`)])}
        />
      </Control>
    </>
  );
}

const MIXED = "mixed";

/** One activation for all hidden layers; layers may have their own, which the drawing sets. */
function ActivationOfAll({ network: { layers } }: { network: NetworkState }) {
  const first = layers[0]?.activation ?? "tanh";
  const isMixed = layers.some(({ activation }) => activation !== first);
  const options: (readonly [Activation | typeof MIXED, string])[] = ACTIVATIONS.map((one) => [one, t(`play.activation.${one}`)]);
  return (
    <Select
      field="activation" value={isMixed ? MIXED : first} options={isMixed ? [[MIXED, t("play.mixed")], ...options] : options}
      onChange={(activation) => activation !== MIXED && changeNetwork({ layers: layers.map((one) => ({ ...one, activation })) })}
    />
  );
}

/** Cross-entropy and the hinge loss are of classes. */
export const lossesFor = (problem: string) => LOSSES.filter((loss) => problem === "classification" || (loss !== "cross_entropy" && loss !== "hinge"));
