import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Receiver } from "../../src/play/engine";
import type { Message } from "../../src/play/protocol";

type Session = typeof import("../../src/play/session");
type Store = typeof import("../../src/play/store");

let session: Session;
let store: Store;
let sent: Message[];
let stop: () => void;
let receiver: Receiver;

const types = () => sent.map(({ type }) => type);
const tell = (header: object, values = new Float32Array()) => receiver.message({ header: { version: 1, ...header } as never, values });
const hello = (resumed = false) => {
  tell({ type: "hello", session: "s", resumed, engine: "python", questions: [] });
  receiver.connection("open");
};
const network = { epoch: 7, step: 70, loss: { train: 1, test: 1 }, status: "running", history_from: 0 };
const frame = (number: number, running = true) =>
  tell({ type: "frame", frame: number, running, networks: [network], arrays: [] });

beforeEach(async () => {
  vi.resetModules();
  vi.useFakeTimers();
  vi.stubGlobal("requestAnimationFrame", (draw: () => void) => setTimeout(draw, 16));
  vi.stubGlobal("window", { history: { state: null, pushState() {}, replaceState() {} }, addEventListener() {} });
  vi.stubGlobal("location", { hash: "" });
  await import("../../src/i18n/play");
  session = await import("../../src/play/session");
  store = await import("../../src/play/store");
  sent = [];
  stop = session.startSession((heard) => {
    receiver = heard;
    return { send: (message) => sent.push(message), close() {} };
  });
  vi.runOnlyPendingTimers();
  sent.length = 0;
});

afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("an engine that says hello gets what is looked at, the speed and the state, and what was pressed before", () => {
  session.run();
  sent.length = 0;
  hello();
  expect(types()).toEqual(["look", "speed", "configure", "run"]);
});

test("training never starts by itself; one that went on without its page pauses where the page had paused", () => {
  hello();
  expect(types()).not.toContain("run");
  sent.length = 0;
  hello(true);
  expect(types()).toEqual(["look", "speed", "configure", "pause"]);
});

test("changes of one animation frame are one message, and none is sent of what is shown alone", () => {
  hello();
  sent.length = 0;
  store.changeData({ noise: 5 }, { dragging: true });
  store.changeData({ noise: 10 }, { dragging: true });
  vi.advanceTimersByTime(20);
  expect(sent).toMatchObject([{ type: "configure", reset: false, state: { data: { noise: 10 } } }]);
  store.changeView({ discretize: true });
  vi.advanceTimersByTime(20);
  expect(sent).toHaveLength(1);
});

test("a frame is drawn once per animation frame, then told of; a later one takes the place of one that waits", () => {
  hello();
  sent.length = 0;
  const drawn: number[] = [];
  session.frame.subscribe((now) => now && drawn.push(now.frame));
  frame(1);
  frame(2);
  expect(drawn).toEqual([]);
  vi.advanceTimersByTime(17);
  expect(drawn).toEqual([2]);
  expect(sent).toEqual([{ type: "drawn", frame: 2 }]);
});

test("answers and refusals find their questions, and a refusal of none is shown", async () => {
  hello();
  const [one, other] = [session.ask("thumbnails"), session.ask("check", { network: 0 })];
  const [first, second] = sent.slice(-2) as { id: number }[];
  tell({ type: "answer", id: second!.id, rows: [1], arrays: [{ name: "a", shape: [2] }] }, Float32Array.of(3, 4));
  tell({ type: "error", id: first!.id, error: "there are none" });
  await expect(one).rejects.toThrow("there are none");
  const { header, arrays } = await other;
  expect([header["rows"], [...arrays.get("a")!.values]]).toEqual([[1], [3, 4]]);
  tell({ type: "error", error: "the state cannot be" });
  expect(session.failure.value).toBe("the state cannot be");
});

test("a lost engine leaves no question open; a new one goes on from the last weights, and trains as the lost one did", async () => {
  hello();
  const snapshot = session.keepSnapshot();
  tell({ type: "answer", id: (sent.at(-1) as { id: number }).id, networks: [{ epoch: 7, params: {} }] });
  await snapshot;
  session.run();
  const open = session.ask("check");
  receiver.connection("lost");
  await expect(open).rejects.toThrow("does not answer");
  await expect(session.ask("check")).rejects.toThrow("does not answer");
  sent.length = 0;
  hello();
  expect(types()).toEqual(["look", "speed", "configure", "restore", "run"]);
  expect(session.resumedAt.value).toBe(7);
});

test("weights that no longer fit are not restored", async () => {
  hello();
  const snapshot = session.keepSnapshot();
  tell({ type: "answer", id: (sent.at(-1) as { id: number }).id, networks: [{ epoch: 7, params: {} }] });
  await snapshot;
  receiver.connection("lost");
  store.changeNetwork({ layers: [] });
  sent.length = 0;
  hello();
  expect(types()).not.toContain("restore");
});

test("what is too much for the engine is not sent, and said", () => {
  hello();
  sent.length = 0;
  const weights = Array.from({ length: 500_000 }, () => 1.23456789012);
  session.restoreWhenReady([{ epoch: 0, step: 0, params: { "dense_1/b": weights }, slots: {} }]);
  expect(types()).toEqual(["configure"]);
  expect(session.failure.value).toContain("too much for the engine");
});

test("points that are still being drawn are not yet the engine's business", () => {
  hello();
  session.run();
  sent.length = 0;
  store.changeData({ name: "own", points: [{ x: [0, 0], y: 0, test: true }] });
  vi.advanceTimersByTime(20);
  expect(types()).toEqual(["pause"]);
});

test("a shape that is undone has its trained weights again", async () => {
  const { undo } = await import("../../src/play/undo");
  hello();
  const trained = [{ epoch: 90, step: 900, params: { "dense_1/W": [[1]] }, slots: {} }];
  sent.length = 0;
  store.changeNetwork({ layers: [{ units: 3, activation: "tanh" }] });
  vi.advanceTimersByTime(20);
  expect(types()).toEqual(["ask", "configure"]); // before the change takes them away
  tell({ type: "answer", id: (sent[0] as { id: number }).id, networks: trained });
  await vi.runOnlyPendingTimersAsync();
  sent.length = 0;
  undo();
  vi.advanceTimersByTime(20);
  expect(types()).toEqual(["ask", "configure", "restore"]);
  expect(sent[2]).toMatchObject({ networks: trained });
  sent.length = 0;
  store.changeNetwork({ learning_rate: 0.1 });
  vi.advanceTimersByTime(20);
  expect(types()).toEqual(["configure"]); // weights stay, and those of before do not come back
});
