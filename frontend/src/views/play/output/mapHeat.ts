import { colourOf } from "../../../components/colours";
import { domainOf } from "../../../play/data/own";
import { USUAL, toScreen, type Box } from "../../../play/map/geometry";
import { paint, shownPicture } from "../../../play/map/picture";
import { data } from "../../../play/session";
import { state } from "../../../play/store";

/** The picture may be of a part of what the map shows, while points are drawn. */
function place(box: Box): [number, number, number, number] {
  const [[left, right], [low, high]] = data.value?.domain ?? USUAL;
  const domain = domainOf();
  const [x, y] = toScreen(box, domain, left, high);
  const [toX, toY] = toScreen(box, domain, right, low);
  return [x, y, toX - x, toY - y];
}

let small: HTMLCanvasElement | null = null;
let image: ImageData | null = null;

/** The picture at its own size, stretched over the box; the edges between classes stay sharp. */
export function drawHeatMap(context: CanvasRenderingContext2D, box: Box): void {
  const shown = shownPicture();
  context.fillStyle = colourOf("--raised");
  context.fillRect(box.left, box.top, box.width, box.height);
  if (!shown) return;
  const { side } = shown.picture;
  small ??= document.createElement("canvas");
  if (small.width !== side || !image) {
    small.width = small.height = side;
    image = new ImageData(side, side);
  }
  paint(new Uint32Array(image.data.buffer), shown);
  small.getContext("2d")!.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = !state.value.view.discretize;
  context.drawImage(small, ...place(box));
}
