/** Cuts a formula into tokens: numbers, quoted text, names (bare or in brackets), operators. */
import { formulaError } from './formulaError.ts';

export type TokenKind = 'number' | 'text' | 'name' | 'bracketed' | 'operator' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** What it stands for: quotes and brackets taken off, doubled ones undone. */
  readonly text: string;
  /** Index of its first character. */
  readonly position: number;
}

export const MAX_FORMULA_LENGTH = 4000;

// Sticky, each without nested repetition: linear in the length of the formula.
const SPACE = /\s+/y;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;
const OPERATOR = /<=|>=|<>|!=|==|[-+*/%^<>=(),]/y;

/**
 * Returns the tokens, the last of kind `end`. A quote or a closing bracket inside quotes or brackets is written twice.
 * @throws {ParameterError} too long, an unknown character, quotes or brackets that do not close
 */
export function tokenise(formula: string): readonly Token[] {
  if (formula.length > MAX_FORMULA_LENGTH) {
    throw formulaError(
      MAX_FORMULA_LENGTH,
      'length',
      `it has ${formula.length} characters; at most ${MAX_FORMULA_LENGTH} are read.`,
      'Split it into several columns.',
    );
  }
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(formula)?.[0] ?? null;
  };
  while ((at += match(SPACE)?.length ?? 0) < formula.length) {
    const token = nextToken(formula, at, match);
    tokens.push(token.token);
    at += token.length;
  }
  return [...tokens, { kind: 'end', text: '', position: formula.length }];
}

function nextToken(
  formula: string,
  at: number,
  match: (pattern: RegExp) => string | null,
): { token: Token; length: number } {
  const first = formula[at] as string;
  if (first === "'" || first === '"') return enclosed(formula, at, first, 'text');
  if (first === '[') return enclosed(formula, at, ']', 'bracketed');
  for (const [kind, pattern] of [
    ['number', NUMBER],
    ['name', NAME],
    ['operator', OPERATOR],
  ] as const) {
    const text = match(pattern);
    if (text !== null) return { token: { kind, text, position: at }, length: text.length };
  }
  throw formulaError(
    at,
    'character',
    `'${String.fromCodePoint(formula.codePointAt(at) as number)}' has no meaning here.`,
    'Put column names with other characters than letters, digits and _ in [brackets], and text in quotes.',
  );
}

function enclosed(
  formula: string,
  start: number,
  close: string,
  kind: 'text' | 'bracketed',
): { token: Token; length: number } {
  let text = '';
  let at = start + 1;
  for (;;) {
    const end = formula.indexOf(close, at);
    if (end < 0) {
      const what = kind === 'text' ? 'quote' : 'bracket';
      throw formulaError(start, 'unclosed', `this ${what} is not closed.`, `Add ${close} where it ends.`);
    }
    text += formula.slice(at, end);
    if (formula[end + 1] !== close)
      return { token: { kind, text, position: start }, length: end + 1 - start };
    text += close;
    at = end + 2;
  }
}
