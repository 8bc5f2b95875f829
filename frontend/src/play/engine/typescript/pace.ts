/** Which training is next, and when, as `pellucid/playground/pace.py` has it: networks go in step. */
import type { Training } from "./training";

export class Pace {
  private isOn = false;
  private until = 0;
  private batches = new Map<Training, number>();
  private speed: number | null = null;
  /** When, in milliseconds, and at which epoch the speed began to count. */
  private begun = 0;
  private first = 0;

  constructor(private readonly clock: () => number) {}

  pause(): void {
    this.isOn = false;
    this.until = 0;
    this.batches.clear();
  }

  run(trainings: readonly Training[]): void {
    this.pause();
    this.isOn = true;
    this.begin(trainings);
  }

  step(trainings: readonly Training[], unit: "batch" | "epoch", count: number): void {
    const [until, batches] = this.isOn ? [0, new Map<Training, number>()] : [this.until, new Map(this.batches)]; // not done yet
    this.pause();
    if (unit === "epoch") this.until = Math.max(until, mostEpochs(trainings)) + count;
    else this.batches = new Map(trainings.map((training) => [training, (batches.get(training) ?? 0) + count]));
  }

  /** So many epochs a second while running; null: as many as go. */
  setSpeed(epochsASecond: number | null, trainings: readonly Training[]): void {
    this.speed = epochsASecond;
    this.begin(trainings);
  }

  isRunning(trainings: readonly Training[]): boolean {
    return this.candidates(trainings, this.isOn ? Infinity : this.until).length > 0;
  }

  /** The training whose turn it is, the one with the fewest epochs; null where there is nothing to do now. */
  next(trainings: readonly Training[]): Training | null {
    const found = this.candidates(trainings, this.limit());
    if (found.length === 0) {
      if (!this.isRunning(trainings)) this.pause();
      return null;
    }
    return found.reduce((one, other) => (other.now.epoch < one.now.epoch ? other : one));
  }

  /** At most how many steps the training may take now. */
  most(training: Training): number {
    return this.batches.get(training) ?? Infinity;
  }

  count(training: Training, steps: number): void {
    const left = this.batches.get(training);
    if (left !== undefined) this.batches.set(training, left - steps);
  }

  /** How long, in milliseconds, until there is something to do; infinite where only a message brings it. */
  wait(trainings: readonly Training[]): number {
    if (this.next(trainings)) return 0;
    if (!this.isOn || this.speed === null || !this.isRunning(trainings)) return Infinity;
    const least = Math.min(...trainings.filter((training) => training.canGoOn).map((training) => training.now.epoch));
    return Math.max(0, this.begun + (1000 * (least + 1 - this.first)) / this.speed - this.clock());
  }

  private begin(trainings: readonly Training[]): void {
    this.begun = this.clock();
    this.first = mostEpochs(trainings);
  }

  /** Trainings with fewer whole epochs may go on. */
  private limit(): number {
    if (!this.isOn) return this.until;
    if (this.speed === null) return Infinity;
    return this.first + Math.floor(((this.clock() - this.begun) / 1000) * this.speed);
  }

  private candidates(trainings: readonly Training[], limit: number): Training[] {
    const open = trainings.filter((training) => training.canGoOn);
    if (this.batches.size > 0) return open.filter((training) => (this.batches.get(training) ?? 0) > 0);
    return open.filter((training) => training.now.epoch < limit);
  }
}

const mostEpochs = (trainings: readonly Training[]): number => Math.max(0, ...trainings.map((training) => training.now.epoch));
