import { effect, untracked } from "@preact/signals";
import { frame, look, running, speed } from "./session";

/** Points along a side of the map, from fine to coarse. */
const GRIDS = [100, 70, 50];
/** Milliseconds between frames above which the map gets coarser, and below which finer. */
const SLOW = 1000 / 30;
const QUICK = 22;
/** So many frames are looked at before the map changes. */
const LOOKED_AT = 15;

/** While training runs the map is as fine as 30 frames a second allow; at rest it is fine. */
export function startAdapting(): void {
  let times: number[] = [];
  effect(() => {
    if (!frame.value || !running.value) {
      times = [];
      if (!running.value) setGrid(GRIDS[0]!);
      return;
    }
    times.push(performance.now());
    if (times.length <= LOOKED_AT) return;
    const pause = (times.at(-1)! - times[0]!) / (times.length - 1);
    times = [];
    // A training that is slowed down sends frames seldom, however quickly they are drawn.
    if (untracked(() => speed.value) !== null) return;
    const now = GRIDS.indexOf(untracked(() => look.value.map));
    if (pause > SLOW) setGrid(GRIDS[Math.min(now + 1, GRIDS.length - 1)]!);
    if (pause < QUICK) setGrid(GRIDS[Math.max(now - 1, 0)]!);
  });
}

function setGrid(map: number): void {
  if (look.peek().map !== map) look.value = { ...look.peek(), map };
}
