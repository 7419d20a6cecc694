/**
 * Parses a formula into an expression tree by operator precedence.
 * Source: Pratt 1973, "Top down operator precedence", doi:10.1145/512927.512931.
 * From loosest to tightest: or · and · not · = <> < <= > >= · + - · * / % · unary - · ^ (from the right).
 */
import { formulaError } from './formulaError.ts';
import { type Token, tokenise } from './tokenise.ts';

export type BinaryOperator =
  | 'or'
  | 'and'
  | '='
  | '<>'
  | '<'
  | '<='
  | '>'
  | '>='
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '^';

export type Expression = { readonly position: number } & (
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'column'; readonly name: string }
  | { readonly kind: 'unary'; readonly operator: '-' | 'not'; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'call'; readonly name: string; readonly inputs: readonly Expression[] }
);

const MAX_DEPTH = 50;
/** Operators in a row, as in 1 + 2 + 3: each is one level of the tree, and trees are walked by recursion. */
const MAX_CHAIN = 200;
const NOT_BINDING = 3;
const MINUS_BINDING = 7;
const BINDING: ReadonlyMap<string, number> = new Map([
  ['or', 1],
  ['and', 2],
  ['=', 4],
  ['<>', 4],
  ['<', 4],
  ['<=', 4],
  ['>', 4],
  ['>=', 4],
  ['+', 5],
  ['-', 5],
  ['*', 6],
  ['/', 6],
  ['%', 6],
  ['^', 8],
]);
/** Other spellings of operators. */
const SAME_AS: ReadonlyMap<string, string> = new Map([
  ['==', '='],
  ['!=', '<>'],
]);

/**
 * Returns the tree of a formula.
 * @throws {ParameterError} with the position: not a formula, nested deeper than 50, longer than 4,000 characters
 */
export function parseFormula(formula: string): Expression {
  const reader = createReader(tokenise(formula));
  const expression = parseExpression(reader, 0, 0);
  const rest = reader.peek();
  if (rest.kind === 'end') return expression;
  throw formulaError(
    rest.position,
    'rest',
    `'${rest.text}' does not continue what stands before it.`,
    'Put an operator or a comma between, or take it away.',
  );
}

interface Reader {
  peek(): Token;
  next(): Token;
}

function createReader(tokens: readonly Token[]): Reader {
  let at = 0;
  // The last token is `end` and stays.
  const peek = (): Token => tokens[Math.min(at, tokens.length - 1)] as Token;
  return {
    peek,
    next: () => {
      const token = peek();
      at++;
      return token;
    },
  };
}

/** The operator a token is, in its one spelling; null for everything else. */
function operatorOf(token: Token): string | null {
  if (token.kind === 'operator') return SAME_AS.get(token.text) ?? token.text;
  const word = token.text.toLowerCase();
  return token.kind === 'name' && ['and', 'or', 'not'].includes(word) ? word : null;
}

function parseExpression(reader: Reader, minBinding: number, depth: number): Expression {
  const first = reader.peek();
  if (depth > MAX_DEPTH) {
    throw formulaError(
      first.position,
      'depth',
      `it is nested deeper than ${MAX_DEPTH} levels.`,
      'Split it into several columns.',
    );
  }
  let left = parsePrefix(reader, depth);
  for (let chain = 0; ; chain++) {
    const token = reader.peek();
    const operator = operatorOf(token);
    const binding = operator === null ? undefined : BINDING.get(operator);
    if (operator === null || binding === undefined || binding <= minBinding) return left;
    if (chain === MAX_CHAIN) {
      throw formulaError(
        token.position,
        'depth',
        `more than ${MAX_CHAIN} operators follow each other.`,
        'Split it into several columns.',
      );
    }
    reader.next();
    const right = parseExpression(reader, operator === '^' ? binding - 1 : binding, depth + 1);
    left = {
      kind: 'binary',
      operator: operator as BinaryOperator,
      left,
      right,
      position: token.position,
    };
  }
}

function parsePrefix(reader: Reader, depth: number): Expression {
  const token = reader.next();
  const { position } = token;
  switch (token.kind) {
    case 'number':
      return { kind: 'number', value: Number(token.text), position };
    case 'text':
      return { kind: 'text', value: token.text, position };
    case 'bracketed':
      return { kind: 'column', name: token.text, position };
    case 'name':
    case 'operator':
      break;
    case 'end':
      throw formulaError(position, 'end', 'it ends where a value is needed.', 'Complete the formula.');
    default:
      return token.kind satisfies never;
  }
  switch (operatorOf(token)) {
    case 'not':
      return {
        kind: 'unary',
        operator: 'not',
        operand: parseExpression(reader, NOT_BINDING, depth + 1),
        position,
      };
    case '-':
      return {
        kind: 'unary',
        operator: '-',
        operand: parseExpression(reader, MINUS_BINDING, depth + 1),
        position,
      };
    case '(': {
      const inner = parseExpression(reader, 0, depth + 1);
      expectOperator(reader, ')', position);
      return inner;
    }
    case null:
      return parseName(reader, token, depth);
    default:
      throw formulaError(
        position,
        'operator',
        `'${token.text}' stands where a value is needed.`,
        'Write a number, a text in quotes, a column name or a function.',
      );
  }
}

function parseName(reader: Reader, token: Token, depth: number): Expression {
  const { position, text } = token;
  const next = reader.peek();
  const isCall = next.kind === 'operator' && next.text === '(';
  const word = text.toLowerCase();
  if (!isCall && (word === 'true' || word === 'false'))
    return { kind: 'boolean', value: word === 'true', position };
  if (!isCall) return { kind: 'column', name: text, position };
  reader.next();
  return { kind: 'call', name: text, inputs: parseInputs(reader, position, depth), position };
}

function parseInputs(reader: Reader, start: number, depth: number): readonly Expression[] {
  const inputs: Expression[] = [];
  const isAt = (text: string): boolean => reader.peek().kind === 'operator' && reader.peek().text === text;
  if (!isAt(')')) {
    inputs.push(parseExpression(reader, 0, depth + 1));
    while (isAt(',')) {
      reader.next();
      inputs.push(parseExpression(reader, 0, depth + 1));
    }
  }
  expectOperator(reader, ')', start);
  return inputs;
}

function expectOperator(reader: Reader, text: string, opened: number): void {
  const token = reader.next();
  if (token.kind === 'operator' && token.text === text) return;
  throw formulaError(
    token.position,
    'parenthesis',
    `'${text}' is missing${token.kind === 'end' ? ' at the end' : ` before '${token.text}'`}.`,
    `Close what begins at character ${opened + 1}.`,
  );
}
