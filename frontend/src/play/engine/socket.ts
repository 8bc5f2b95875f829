import { decodeEnvelope } from "../../api/envelope";
import { waitBefore } from "../../api/live";
import type { Engine, Message } from "../protocol";
import type { OpenEngine, Receiver } from ".";

/** The server lets a page go that is not to come back by itself: it would be let go again. */
const FOR_GOOD = 4001;

/** The Python engine over a WebSocket that comes back by itself, to the session it had. */
class Socket implements Engine {
  private socket: WebSocket | null = null;
  private session = "";
  private attempt = 0;
  /** Whether the engine has said hello: it hears nothing before. */
  private isReady = false;
  private timer = 0;

  constructor(private readonly receiver: Receiver) {
    this.connect();
    document.addEventListener("visibilitychange", this.retry);
    window.addEventListener("online", this.retry);
  }

  /** What is sent while no engine hears is dropped: the state is sent whole when there is one again. */
  send(message: Message): void {
    if (this.isReady && this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  close(): void {
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.retry);
    window.removeEventListener("online", this.retry);
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  /** A machine that slept, or a network that came back: no need to wait out the back-off. */
  private readonly retry = (): void => {
    if (document.visibilityState === "visible" && this.socket?.readyState === WebSocket.CLOSED) this.connect();
  };

  private connect(): void {
    clearTimeout(this.timer);
    this.receiver.connection("connecting");
    const socket = new WebSocket(address(this.session));
    socket.binaryType = "arraybuffer";
    socket.onmessage = (event: MessageEvent<unknown>) => {
      if (this.socket !== socket || !(event.data instanceof ArrayBuffer)) return;
      const envelope = decodeEnvelope(event.data);
      if (envelope.header.type !== "hello") return this.receiver.message(envelope);
      this.session = String(envelope.header["session"]);
      this.attempt = 0;
      this.isReady = true;
      this.receiver.message(envelope); // which sends the state, before anybody may ask
      this.receiver.connection("open");
    };
    socket.onclose = ({ code, reason }) => {
      if (this.socket !== socket) return;
      this.isReady = false;
      this.receiver.connection("lost", reason);
      if (code !== FOR_GOOD) this.timer = window.setTimeout(() => this.connect(), waitBefore(this.attempt++));
    };
    this.socket = socket;
  }
}

function address(session: string): string {
  const url = new URL("api/play", location.href);
  url.protocol = url.protocol.replace("http", "ws");
  url.hash = "";
  url.search = session && new URLSearchParams({ session }).toString();
  return url.href;
}

export const openSocket: OpenEngine = (receiver) => new Socket(receiver);
