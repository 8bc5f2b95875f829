/** The engine of a page that was saved: in a Worker, of a script that is part of the page, as files load no others. */
import { decodeEnvelope } from "../../../api/envelope";
import type { OpenEngine } from "..";
import EngineWorker from "./worker?worker&inline";

export const openWorker: OpenEngine = (receiver) => {
  const worker = new EngineWorker();
  receiver.connection("connecting");
  worker.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
    const envelope = decodeEnvelope(data);
    if (envelope.header.type === "hello") receiver.connection("open");
    receiver.message(envelope);
  };
  worker.onerror = () => receiver.connection("lost");
  return { send: (message) => worker.postMessage(message), close: () => worker.terminate() };
};
