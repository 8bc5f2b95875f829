/** The engine in a Worker: messages come in as they are, envelopes go out; between them it trains, a turn at a time. */
import type { Message } from "../../protocol";
import { Session } from "./session";

const page = self as unknown as { postMessage(message: ArrayBuffer, given: ArrayBuffer[]): void; onmessage: unknown };
const session = new Session((message) => page.postMessage(message, [message]));

/** A message to itself lets those of the page in between, and waits for nothing, as a timer would. */
const again = new MessageChannel();
let isSent = false;
let timer: ReturnType<typeof setTimeout> | undefined;

function work(): void {
  clearTimeout(timer);
  const wait = session.work();
  if (wait === 0) {
    if (!isSent) again.port2.postMessage(null);
    isSent = true;
  } else if (Number.isFinite(wait)) timer = setTimeout(work, wait);
}

again.port1.onmessage = () => {
  isSent = false;
  work();
};
page.onmessage = ({ data }: MessageEvent<Message>) => {
  session.handle(data);
  work();
};
