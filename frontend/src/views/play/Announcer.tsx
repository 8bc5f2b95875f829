import { useEffect, useState } from "preact/hooks";
import { formatNumber } from "../../analysis/numbers";
import { t } from "../../i18n";
import { frame, running } from "../../play/session";
import { state } from "../../play/store";

const EVERY = 2_000;

/** What a screen reader says without being asked: where training is, every two seconds and when it pauses. */
export function Announcer() {
  const [said, setSaid] = useState("");
  const isRunning = running.value;
  useEffect(() => {
    const tell = (key: "play.announce" | "play.announce.pause") => {
      const network = frame.peek()?.networks[state.peek().view.network];
      if (network?.epoch) setSaid(t(key, { epoch: network.epoch, train: formatNumber(network.loss.train), test: formatNumber(network.loss.test) }));
    };
    if (!isRunning) {
      const timer = setTimeout(() => tell("play.announce.pause"), 200); // with the numbers of the last frame
      return () => clearTimeout(timer);
    }
    const timer = setInterval(() => tell("play.announce"), EVERY);
    return () => clearInterval(timer);
  }, [isRunning]);
  return <div class="hidden" aria-live="polite">{said}</div>;
}
