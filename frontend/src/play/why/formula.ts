/** The formula of a step, as the engine writes it, in pieces that can be drawn: symbols, numbers, operators. */

export type Token =
  | { kind: "symbol"; name: string; value: number | null }
  | { kind: "number"; text: string }
  | { kind: "function"; name: string }
  | { kind: "operator"; text: "+" | "−" | "·" | "/" | "," }
  | { kind: "open" }
  | { kind: "close" }
  /** What follows, a number, a symbol or a bracket, is raised. */
  | { kind: "power" };

const OPERATORS: Record<string, "+" | "−" | "·" | "/" | ","> = { "+": "+", "-": "−", "*": "·", "/": "/", ",": "," };

export function tokensOf(formula: string, symbols: Readonly<Record<string, number | null>>): Token[] {
  const names = Object.keys(symbols).sort((one, other) => other.length - one.length);
  const tokens: Token[] = [];
  for (let at = 0; at < formula.length; ) {
    const rest = formula.slice(at);
    const found = nextToken(rest, names, symbols);
    if (found) tokens.push(found[0]);
    at += found ? found[1] : 1;
  }
  return tokens;
}

function nextToken(rest: string, names: readonly string[], symbols: Readonly<Record<string, number | null>>): [Token, number] | null {
  const name = names.find((one) => rest.startsWith(one) && !/^[\w[]/.test(rest.slice(one.length)));
  if (name) return [{ kind: "symbol", name, value: symbols[name]! }, name.length];
  const number = /^\d+(\.\d+)?(e[-+]?\d+)?/.exec(rest)?.[0];
  if (number) return [{ kind: "number", text: number }, number.length];
  const word = /^[a-z_]\w*(?=\()/i.exec(rest)?.[0];
  if (word) return [{ kind: "function", name: word }, word.length];
  const other = /^[^\s()+\-*/^,\d][^\s()^,]*/.exec(rest)?.[0];
  if (other) return [{ kind: "symbol", name: other, value: null }, other.length];
  const [sign] = rest;
  if (sign === "(") return [{ kind: "open" }, 1];
  if (sign === ")") return [{ kind: "close" }, 1];
  if (sign === "^") return [{ kind: "power" }, 1];
  return sign! in OPERATORS ? [{ kind: "operator", text: OPERATORS[sign!]! }, 1] : null;
}

/** The terms of a sum, each with its sign before it; a formula that is no sum is one term. */
export function termsOf(tokens: readonly Token[]): Token[][] {
  const terms: Token[][] = [[]];
  let depth = 0;
  tokens.forEach((token, at) => {
    if (token.kind === "open") depth++;
    if (token.kind === "close") depth--;
    const isSign = token.kind === "operator" && (token.text === "+" || token.text === "−");
    if (isSign && depth === 0 && at > 0 && endsTerm(tokens[at - 1]!)) terms.push([]);
    terms.at(-1)!.push(token);
  });
  return terms;
}

const endsTerm = ({ kind }: Token): boolean => kind === "symbol" || kind === "number" || kind === "close";
