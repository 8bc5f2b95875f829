import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openSocket } from "../../src/play/engine/socket";
import type { Engine } from "../../src/play/protocol";

class FakeSocket {
  static readonly made: FakeSocket[] = [];
  onclose: (event: { code: number; reason: string }) => void = () => undefined;
  constructor() {
    FakeSocket.made.push(this);
  }
  close() {}
}

let heard: [string, string | undefined][];
let engine: Engine;

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.made.length = 0;
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.stubGlobal("location", { href: "http://127.0.0.1:8430/" });
  vi.stubGlobal("document", { addEventListener() {}, removeEventListener() {} });
  vi.stubGlobal("window", { addEventListener() {}, removeEventListener() {}, setTimeout });
  heard = [];
  engine = openSocket({ message() {}, connection: (state, why) => heard.push([state, why]) });
});

afterEach(() => {
  engine.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a page that is let go for a while comes back by itself, and is told why", () => {
  FakeSocket.made[0]!.onclose({ code: 1013, reason: "20 playgrounds are open already" });
  expect(heard.at(-1)).toEqual(["lost", "20 playgrounds are open already"]);
  vi.advanceTimersByTime(60_000);
  expect(FakeSocket.made).toHaveLength(2);
});

test("a page that is let go for good does not: two windows would take a session from each other for ever", () => {
  FakeSocket.made[0]!.onclose({ code: 4001, reason: "this session was opened in another window" });
  expect(heard.at(-1)).toEqual(["lost", "this session was opened in another window"]);
  vi.advanceTimersByTime(60_000);
  expect(FakeSocket.made).toHaveLength(1);
});
