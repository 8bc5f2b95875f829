/** Signs of a training that goes wrong, looked for now and then, as `pellucid/playground/signs.py` does. */
import type { Sign } from "../../../protocol";
import type { PlayNetwork } from "../play_network";
import type { Training } from "../training";
import { divergence, noProgress, oscillation, overfitting } from "./course";
import { gradientsByDepth } from "./gradients";
import { Measurements, chanceLoss } from "./measurements";
import { remedyOf } from "./remedies";
import type { FindSymptoms, Symptom } from "./symptom";
import { deadUnits, saturatedUnits, symmetricUnits } from "./units";

/** At least so long from one look to the next; looking takes no more than this part of the time. In milliseconds. */
const BETWEEN = 500;
const SHARE = 0.05;
const LONGEST = 30_000;

const SYMPTOMS: FindSymptoms[] = [
  divergence, symmetricUnits, deadUnits, saturatedUnits, gradientsByDepth, oscillation, noProgress, overfitting,
];

/** All that is seen. Where numbers are not finite, that alone. */
export function findSymptoms(training: Training, chance: number): Symptom[] {
  const measured = new Measurements(training, chance);
  const diverged = divergence(measured);
  return diverged.some(({ seen }) => "array" in seen) ? diverged : SYMPTOMS.flatMap((find) => find(measured));
}

export class SignWatch {
  private found: Sign[] = [];
  private seen: { network: PlayNetwork; version: number; status: string } | null = null;
  private chance = 0;
  private next = -Infinity;

  constructor(private readonly training: Training, private readonly clock: () => number) {}

  /** What goes wrong: while it runs what did a moment ago, else what does now. */
  signs(running: boolean): Sign[] {
    const { network, version, status } = this.training;
    const isSame = this.seen?.network === network && this.seen.version === version && this.seen.status === status;
    const begun = this.clock();
    if (isSame || (running && begun < this.next)) return this.found;
    if (this.seen?.network !== network) this.chance = chanceLoss(network);
    this.found = findSymptoms(this.training, this.chance).map((symptom) => this.sign(symptom));
    this.next = begun + Math.max(BETWEEN, Math.min((this.clock() - begun) / SHARE, LONGEST));
    this.seen = { network, version, status };
    return this.found;
  }

  private sign(symptom: Symptom): Sign {
    const { state, layers } = this.training.network;
    const { name, level, path, seen, which } = symptom;
    const remedy = remedyOf(symptom, state, layers.layers.slice(0, -1).map((layer) => layer.path));
    return { sign: name, level, path: which === undefined ? path : `${path}[${which}]`, seen, remedy: remedy as Sign["remedy"] };
  }
}
