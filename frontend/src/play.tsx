import { openSocket } from "./play/engine/socket";
import { startPlay } from "./startPlay";

startPlay(openSocket);
