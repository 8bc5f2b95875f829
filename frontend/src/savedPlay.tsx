/** The playground as files: `pellucid play --export`. It begins with what the files were written for, unless the address says more. */
import { openWorker } from "./play/engine/typescript";
import { startPlay } from "./startPlay";

const start = document.getElementById("page")!.dataset["start"];
if (start && location.hash.length <= 1) history.replaceState(null, "", `#${start}`);
startPlay(openWorker);
