import type { ComponentChildren } from "preact";
import { formatNumber } from "../../../../analysis/numbers";
import { t } from "../../../../i18n";
import { lights, type Light } from "../../../../play/selection";
import type { Token } from "../../../../play/why/formula";
import { lightOf, spoken, symbolOf, type Naming, type Symbol } from "../../../../play/why/names";

/** What was lit before a symbol was pointed at. */
let lit: typeof lights.value | null = null;

/** A number's name as textbooks write it; pointing at it lights up its place in the drawing. */
export function Name({ name, naming, value = null, plain = false }: { name: string; naming: Naming; value?: number | null; plain?: boolean }) {
  const symbol = symbolOf(name, naming);
  const light: Light | null = plain ? null : lightOf(name, value, naming);
  return (
    <span
      class={light ? "sym lit" : "sym"} title={spoken(symbol)}
      {...(light && {
        onMouseEnter: () => {
          lit ??= lights.peek();
          lights.value = [light];
        },
        onMouseLeave: () => {
          lights.value = lit ?? [];
          lit = null;
        },
      })}
    >
      <span aria-hidden="true">{written(symbol)}</span>
      <span class="hidden">{spoken(symbol)}</span>
    </span>
  );
}

function written({ letter, above, below, by, isAfter, slope }: Symbol): ComponentChildren {
  if (slope) return <>∂{written(slope[0])}/∂{written(slope[1])}</>;
  if (isAfter) return <>{written({ letter, above, below })} {t("why.after_step")}</>;
  if (by) return <>∂E/∂{written(by)}</>;
  return (
    <>
      <i>{letter}</i>
      {(above || below) && <span class="scripts"><sup>{above && `(${above})`}</sup><sub>{below}</sub></span>}
    </>
  );
}

/** A formula with its symbols, or with their numbers put in. */
export function Formula({ tokens, naming, numbers = false }: { tokens: readonly Token[]; naming: Naming; numbers?: boolean }) {
  const parts: ComponentChildren[] = [];
  tokens.forEach((token, at) => {
    const isRaised = tokens[at - 1]?.kind === "power";
    const isBase = tokens[at + 1]?.kind === "power" && token.kind === "symbol" && !(numbers && token.value !== null); // its scripts are no powers
    const drawn = one(token, naming, numbers, at > 0 && !isRaised && tokens[at - 1]?.kind !== "open");
    parts.push(isRaised ? <sup key={at}>{drawn}</sup> : <span key={at}>{isBase ? <>({drawn})</> : drawn}</span>);
  });
  return <span class="formula">{parts}</span>;
}

function one(token: Token, naming: Naming, numbers: boolean, isInside: boolean): ComponentChildren {
  if (token.kind === "symbol") return numbers && token.value !== null ? bracketed(token.value, isInside) : <Name name={token.name} value={token.value} naming={naming} plain={numbers} />;
  if (token.kind === "number") return formatNumber(Number(token.text));
  if (token.kind === "function") return <span class="function">{token.name}</span>;
  if (token.kind === "open") return "(";
  if (token.kind === "close") return ")";
  if (token.kind === "power") return null;
  return token.text === "," ? ", " : token.text === "·" ? <span aria-label={t("why.times")}> · </span> : ` ${token.text} `;
}

/** A negative number within a formula stands in brackets. */
const bracketed = (value: number, isInside: boolean): string => (value < 0 && isInside ? `(${formatNumber(value)})` : formatNumber(value));
