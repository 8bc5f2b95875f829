import { decodeEnvelope, type Envelope } from "./envelope";

export type Connection = "connecting" | "open" | "lost";

export interface Follow {
  run: string | null;
  tables: string[];
  /** How many rows of a table are here already: news begin there. */
  have: Record<string, number>;
}

const FIRST_WAIT = 250;
const LONGEST_WAIT = 15_000;

/** The wait before the next try: twice as long each time, with a part drawn by chance so that pages do not come at once. */
export function waitBefore(attempt: number, chance = Math.random()): number {
  return Math.min(FIRST_WAIT * 2 ** attempt, LONGEST_WAIT) * (0.75 + chance / 2);
}

/** One WebSocket that comes back by itself; after each gap `onOpen` lets the page catch up by reading again. */
export class Live {
  private socket: WebSocket | null = null;
  private attempt = 0;
  private timer = 0;
  
  constructor(
    private readonly url: string,
    private readonly onMessage: (message: Envelope) => void,
    private readonly onState: (state: Connection) => void,
    private readonly onOpen: () => void,
    private readonly following: () => Follow,
  ) {}

  start(): void {
    this.connect();
    // A machine that slept, or a network that came back: no need to wait out the back-off.
    const retry = () => {
      if (document.visibilityState === "visible" && this.socket?.readyState !== WebSocket.OPEN) this.connect();
    };
    document.addEventListener("visibilitychange", retry);
    window.addEventListener("online", retry);
  }

  /** Say again what is followed: to be called when it changes. */
  follow(): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify({ type: "follow", ...this.following() }));
  }

  private connect(): void {
    clearTimeout(this.timer);
    if (this.socket?.readyState === WebSocket.CONNECTING) return;
    this.onState("connecting");
    const socket = new WebSocket(this.url);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      this.attempt = 0;
      this.onState("open");
      this.follow();
      this.onOpen();
    };
    socket.onmessage = (event: MessageEvent<unknown>) => {
      if (event.data instanceof ArrayBuffer) this.onMessage(decodeEnvelope(event.data));
    };
    socket.onclose = () => {
      if (this.socket !== socket) return;
      this.onState("lost");
      this.timer = window.setTimeout(() => this.connect(), waitBefore(this.attempt++));
    };
    this.socket = socket;
  }
}
