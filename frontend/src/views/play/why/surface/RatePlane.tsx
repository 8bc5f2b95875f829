import type { TargetedKeyboardEvent, TargetedPointerEvent } from "preact";
import { useRef } from "preact/hooks";
import { formatNumber } from "../../../../analysis/numbers";
import { t } from "../../../../i18n";
import { changeNetwork, state } from "../../../../play/store";
import { hasMomentum, heightOf, LEAST_RATE, momentumAt, momentumOf, MOST_RATE, patchAt, rateAt, shareOf, steadyRate } from "../../../../play/why/ratePlane";
import { isHidden } from "../../Control";

const [WIDTH, HEIGHT] = [300, 220];
const [LEFT, BOTTOM, TOP, RIGHT] = [42, 34, 10, 12];
const RATES = [1e-4, 1e-3, 0.01, 0.1, 1, 10];
const MOMENTA = [0, 0.5, 0.9, 0.99];
const x = (rate: number): number => LEFT + shareOf(rate) * (WIDTH - LEFT - RIGHT);
const y = (momentum: number): number => HEIGHT - BOTTOM - heightOf(momentum) * (HEIGHT - BOTTOM - TOP);

/** Step size and momentum as a place to drag: beyond the line steps overshoot where the surface is steepest. */
export function RatePlane({ sharpness }: { sharpness: number | null }) {
  const network = state.value.networks[state.value.view.network]!;
  const isHeld = useRef(false);
  const { learning_rate, optimizer } = network;
  const momentum = momentumOf(network);
  const steady = steadyRate(optimizer, momentum, sharpness);
  const line = MOMENTA_OF_LINE.map((m) => [steadyRate(optimizer, m, sharpness), m] as const).filter((point): point is [number, number] => point[0] !== null);
  const take = (event: TargetedPointerEvent<SVGSVGElement>, dragging: boolean) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    const [across, down] = [((event.clientX - left) / width) * WIDTH, ((event.clientY - top) / height) * HEIGHT];
    const up = (HEIGHT - BOTTOM - down) / (HEIGHT - BOTTOM - TOP);
    changeNetwork(patchAt(network, rateAt((across - LEFT) / (WIDTH - LEFT - RIGHT)), up < 0.03 ? 0 : momentumAt(up)), undefined, { dragging });
  };
  if (isHidden("learning_rate")) return null;
  const said = t("why.plane.said", { rate: formatNumber(learning_rate), momentum: formatNumber(momentum) }) + (steady === null ? "" : ` ${t(learning_rate > steady ? "why.plane.beyond" : "why.plane.within", { limit: formatNumber(Number(steady.toPrecision(2))) })}`);
  return (
    <figure class="why-picture rate-plane">
      <figcaption>{t("why.plane")}</figcaption>
      <div
        class="plane" role="application" aria-roledescription={t("why.plane.kind")} aria-label={`${t("why.plane.keys")} ${said}`} tabIndex={0}
        onKeyDown={(event) => onKey(event, learning_rate, momentum)}
      >
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true"
          onPointerDown={(event) => {
            isHeld.current = true;
            event.currentTarget.setPointerCapture(event.pointerId);
            take(event, true);
          }}
          onPointerMove={(event) => isHeld.current && take(event, true)}
          onPointerUp={(event) => {
            isHeld.current = false;
            take(event, false);
          }}
          onPointerCancel={() => (isHeld.current = false)}
        >
          <rect class="ground" x={LEFT} y={TOP} width={WIDTH - LEFT - RIGHT} height={HEIGHT - BOTTOM - TOP} />
          {line.length > 0 && <path class="beyond" d={`M${WIDTH - RIGHT} ${HEIGHT - BOTTOM}${line.map(([rate, m]) => `L${x(rate)} ${y(m)}`).join("")}L${WIDTH - RIGHT} ${TOP}z`} />}
          {RATES.map((rate) => <g key={rate}><line class="grid" x1={x(rate)} x2={x(rate)} y1={TOP} y2={HEIGHT - BOTTOM} /><text x={x(rate)} y={HEIGHT - BOTTOM + 14} text-anchor="middle">{rate}</text></g>)}
          {MOMENTA.map((m) => <g key={m}><line class="grid" x1={LEFT} x2={WIDTH - RIGHT} y1={y(m)} y2={y(m)} /><text x={LEFT - 5} y={y(m) + 4} text-anchor="end">{m}</text></g>)}
          <text x={(LEFT + WIDTH - RIGHT) / 2} y={HEIGHT - 4} text-anchor="middle">{t("play.field.learning_rate")}</text>
          <text transform={`translate(11 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)`} text-anchor="middle">{t("play.field.momentum")}</text>
          <circle class="handle" cx={x(Math.min(Math.max(learning_rate, LEAST_RATE), MOST_RATE))} cy={y(momentum)} r="9" />
        </svg>
      </div>
      <p class="why-key">{said}{!hasMomentum(optimizer) && optimizer !== "gradient_descent" && ` ${t("why.plane.other")}`}</p>
    </figure>
  );
}

const MOMENTA_OF_LINE = Array.from({ length: 21 }, (_, at) => momentumAt(at / 20));
const FACTOR = 10 ** 0.1;

function onKey(event: TargetedKeyboardEvent<HTMLElement>, rate: number, momentum: number): void {
  const network = state.peek().networks[state.peek().view.network]!;
  const up = heightOf(momentum);
  const next = {
    ArrowLeft: [rate / FACTOR, momentum], ArrowRight: [rate * FACTOR, momentum],
    ArrowUp: [rate, momentumAt(up + 0.05)], ArrowDown: [rate, up < 0.06 ? 0 : momentumAt(up - 0.05)],
  }[event.key];
  if (!next) return;
  event.preventDefault();
  changeNetwork(patchAt(network, Math.min(Math.max(next[0]!, LEAST_RATE), MOST_RATE), next[1]!));
}
