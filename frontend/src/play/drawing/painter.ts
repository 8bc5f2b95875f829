/** The canvas of a network: pictures with each frame, links less often where they are many. */
import { shadesOf } from "./colours";
import type { Column } from "./columns";
import type { Layout } from "./geometry";
import { NONE } from "./lights";
import type { NetworkFrame } from "./numbers";
import { paintBiases, paintLinks, paintLitUnits, paintUnits, type Box, type Ink } from "./paint";
import { Atlas, type Source } from "./pictures";
import { biasesOf, sceneOf, type Marked, type Scene } from "./scene";

/** More pixels than these no telephone has in a canvas. */
const MOST_PIXELS = 8_000_000;

export interface Moment {
  discretize: boolean;
  running: boolean;
  phase: number | null;
}

/** Milliseconds between two drawings of the links while training goes on: what changes little by little is seen as well at 15, or of many links 5, a second. */
export const waitFor = (links: number, isSmall: boolean): number => (links <= 60 ? 0 : links <= 150 ? 66 : links <= 600 ? 200 : 400) * (isSmall ? 3 : 1);

export class Painter {
  view: Box | null = null;
  private readonly shown: CanvasRenderingContext2D;
  private readonly links: CanvasRenderingContext2D;
  private readonly atlas = new Atlas();
  private marked: Marked = { lit: NONE, chosen: NONE, near: null };
  private scene: Scene | null = null;
  private drawnAt = -Infinity;
  private last: (() => void) | null = null;
  private timer = 0;

  constructor(canvas: HTMLCanvasElement, private readonly layout: Layout, private readonly columns: readonly Column[], private readonly isSmall: boolean) {
    this.shown = sharpContext(canvas, layout);
    this.links = sharpContext(document.createElement("canvas"), layout);
  }

  /** What is set off from now on: the links are drawn anew. */
  mark(marked: Marked): void {
    this.marked = marked;
    this.drawnAt = -Infinity;
  }

  stop(): void {
    clearTimeout(this.timer);
    this.last = null;
  }

  paint(frame: NetworkFrame | null, sources: readonly (Source | null)[], ink: Ink, moment: Moment): void {
    clearTimeout(this.timer);
    this.last = () => this.paint(frame, sources, ink, moment);
    const { layout, columns, view } = this;
    const wait = waitFor(this.scene?.all ?? 0, this.isSmall) - (performance.now() - this.drawnAt);
    if (!this.scene || !moment.running || wait <= 0) {
      this.scene = sceneOf(layout, columns, frame, this.marked);
      paintLinks(this.links, this.scene, ink, moment.phase, view);
      this.drawnAt = performance.now();
    } else {
      this.scene = { ...this.scene, biases: biasesOf(columns, frame, this.marked) };
      this.timer = setTimeout(() => this.last?.(), wait); // training may stop before the next frame
    }
    this.atlas.paint(sources, shadesOf(ink.palette), moment.discretize);
    this.shown.clearRect(0, 0, layout.width, layout.height);
    this.shown.drawImage(this.links.canvas, 0, 0, layout.width, layout.height);
    paintUnits(this.shown, this.scene, this.atlas, ink, view);
    paintLitUnits(this.shown, this.scene, ink);
    paintBiases(this.shown, this.scene, ink, view);
  }
}

function sharpContext(canvas: HTMLCanvasElement, { width, height }: Layout): CanvasRenderingContext2D {
  const ratio = Math.min(devicePixelRatio || 1, Math.sqrt(MOST_PIXELS / (width * height)));
  canvas.width = Math.ceil(width * ratio);
  canvas.height = Math.ceil(height * ratio);
  const context = canvas.getContext("2d")!;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}
