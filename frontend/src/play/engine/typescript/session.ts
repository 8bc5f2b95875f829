/** A session, as `pellucid/playground/session.py` has it: one page's state, its networks and their training, and its frames. */
import type { Message } from "../../protocol";
import type { PlayState } from "../../state";
import { makeData, type PlayData } from "./data";
import { encodeEnvelope } from "./envelope";
import { FrameMaker, dataMessage, type Look } from "./frames";
import { Pace } from "./pace";
import { alike, makeNetwork, type PlayNetwork } from "./play_network";
import { answerQuestion, QUESTIONS } from "./questions";
import { restored } from "./snapshot";
import { Training } from "./training";

/** Frames come no quicker than screens show them; a turn of training is about so long. In milliseconds. */
const BETWEEN_FRAMES = 1000 / 60;
const TURN = 4;

type Told<Type extends Message["type"]> = Extract<Message, { type: Type }>;

export class Session {
  private state: PlayState | null = null;
  private data: PlayData | null = null;
  private trainings: Training[] = [];
  private frames: FrameMaker;
  private readonly pace: Pace;
  private look: Look = { type: "look", map: 100, unit: 20, networks: null, gradients: false };
  private frame = 0;
  private isDrawn = true;
  private isChanged = false;
  private shown = -Infinity;

  constructor(
    private readonly send: (message: ArrayBuffer) => void,
    private readonly clock: () => number = () => performance.now(),
  ) {
    this.pace = new Pace(clock);
    this.frames = new FrameMaker([], clock);
    send(encodeEnvelope({ type: "hello", session: "", resumed: false, engine: "typescript", questions: Object.keys(QUESTIONS) }));
  }

  /** Do what a message says; what cannot be is told to the page and changes nothing. */
  handle(message: Message): void {
    try {
      if (message.type === "drawn") this.isDrawn ||= message.frame >= this.frame;
      else if (message.type === "ask") this.answer(message);
      else {
        this.apply(message);
        this.isChanged = true;
      }
    } catch (error) {
      this.refuse(error, message.type === "ask" ? message.id : undefined);
    }
  }

  /** Train for a moment. How long, in milliseconds, there is nothing to do unless a message comes. */
  work(): number {
    const until = this.clock() + TURN;
    for (let next = this.pace.next(this.trainings); next; next = this.clock() < until ? this.pace.next(this.trainings) : null) {
      this.pace.count(next, next.advance(this.pace.most(next)));
      this.isChanged = true;
    }
    this.tell();
    const training = this.pace.wait(this.trainings);
    return this.isChanged && this.isDrawn ? Math.min(training, this.toNextFrame()) : training;
  }

  /** Send a frame if there is something new, the last one is drawn, and its time has come. */
  private tell(): void {
    if (!this.isChanged || !this.isDrawn || !this.state || this.toNextFrame() > 0) return;
    this.shown = this.clock();
    this.isDrawn = this.isChanged = false;
    this.send(this.frames.frame(++this.frame, this.pace.isRunning(this.trainings), this.look));
  }

  private toNextFrame(): number {
    return Math.max(0, this.shown + BETWEEN_FRAMES - this.clock());
  }

  private refuse(error: unknown, id: number | undefined): void {
    const line = error instanceof Error ? error.message : String(error);
    this.send(encodeEnvelope({ type: "error", error: line, ...(id !== undefined && { id }) }));
  }

  private apply(message: Exclude<Message, { type: "drawn" | "ask" }>): void {
    if (message.type === "configure") return this.configure(message);
    if (message.type === "look") return void (this.look = message);
    if (message.type === "speed") return this.pace.setSpeed(message.epochs_per_second, this.trainings);
    if (!this.state) throw new Error("there is no state yet: configure comes first");
    if (message.type === "pause") this.pace.pause();
    if (message.type === "reset") {
      this.pace.pause();
      for (const training of this.trainings) training.restart();
    }
    if (message.type === "run" || message.type === "step") {
      for (const training of this.trainings) training.allow();
      if (message.type === "run") this.pace.run(this.trainings);
      else if (message.type === "step") this.pace.step(this.trainings, message.unit, message.count);
    }
    if (message.type === "edit") this.training(message.network).edit(message.path, message.index, message.value);
    if (message.type === "restore") this.restore(message);
  }

  private configure({ state, reset }: Told<"configure">): void {
    const { state: before, trainings: old } = this;
    const isNewData = !this.data || !isSame(before?.data, state.data);
    const data = isNewData ? makeData(state.data) : this.data!;
    const networks = state.networks.map((part, i) =>
      !isNewData && old[i] && isSame(part, before!.networks[i]) ? old[i].network : makeNetwork(part, data));
    this.trainings = networks.map((network, i) => (old[i] && !reset ? continued(old[i], network) : new Training(network)));
    this.state = state;
    this.data = data;
    this.frames = new FrameMaker(this.trainings, this.clock);
    if (reset) this.pace.pause();
    if (isNewData) this.send(dataMessage(data));
  }

  private restore({ networks }: Told<"restore">): void {
    const { trainings } = this;
    if (networks.length !== trainings.length) {
      throw new Error(`there are ${trainings.length} networks, and ${networks.length} to restore`);
    }
    const found = trainings.map((training, i) => restored(training, networks[i]!));
    trainings.forEach((training, i) => training.restore(found[i]!));
  }

  private training(number: number): Training {
    const found = this.trainings[number];
    if (!found) throw new Error(`there are ${this.trainings.length} networks: number ${number} is not there`);
    return found;
  }

  private answer({ id, what, about }: Told<"ask">): void {
    if (!this.state) throw new Error("there is no state yet: configure comes first");
    const { values, arrays } = answerQuestion(what, about, { state: this.state, trainings: this.trainings });
    this.send(encodeEnvelope({ type: "answer", id, ...values }, arrays));
  }
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The training of `network` with the weights so far, where they fit and would have begun alike; else a new one. */
function continued(training: Training, network: PlayNetwork): Training {
  if (training.network === network) return training;
  if (!alike(training.network, network)) return new Training(network);
  training.adopt(network);
  return training;
}
