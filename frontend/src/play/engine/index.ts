import type { Connection } from "../../api/live";
import type { Envelope } from "../../api/envelope";
import type { Engine } from "../protocol";

/** What hears an engine. */
export interface Receiver {
  message(envelope: Envelope): void;
  /** `why` is what the engine said when it ended the connection. */
  connection(state: Connection, why?: string): void;
}

/** How a page gets its engine: over a WebSocket, or in a Worker. */
export type OpenEngine = (receiver: Receiver) => Engine;
