/**
 * Checks the types of an expression and turns it into evaluators of blocks of rows: closures over typed arrays, no code
 * is generated. Missing values propagate; only `if`, `coalesce`, `isMissing`, `and` and `or` look at them.
 */
import { compareCodePoints } from '../categoryRules.ts';
import { type Column, findColumn } from '../columns.ts';
import { nearMatches } from '../nearMatches.ts';
import { parseDate } from '../schema/cellText.ts';
import { columnEvaluator } from './columnEvaluator.ts';
import { formulaError } from './formulaError.ts';
import { FORMULA_FUNCTIONS } from './formulaFunctions.ts';
import {
  emptyBlock,
  type Evaluator,
  numberAt,
  type RowFunction,
  rowWise,
  setRow,
  textAt,
  type ValueType,
} from './formulaValues.ts';
import type { BinaryOperator, Expression } from './parseFormula.ts';
import { SPECIAL_FORMS } from './specialForms.ts';

/**
 * Returns the evaluator of an expression over the columns of a table.
 * @throws {ParameterError} with the position: unknown column (with the closest names) or function, a type that does not fit
 */
export function compileExpression(expression: Expression, columns: readonly Column[]): Evaluator {
  switch (expression.kind) {
    case 'number':
      return constant('number', expression.value);
    case 'text':
      return constant('text', expression.value);
    case 'boolean':
      return constant('boolean', expression.value ? 1 : 0);
    case 'column':
      return columnEvaluator(namedColumn(expression.name, expression.position, columns), expression.position);
    case 'unary': {
      const operand = compileExpression(expression.operand, columns);
      const isMinus = expression.operator === '-';
      const type = isMinus ? 'number' : 'boolean';
      requireType(operand, type, `'${expression.operator}'`, expression.operand.position);
      return rowWise(type, [operand], (inputs, row) =>
        isMinus ? -numberAt(inputs, 0, row) : 1 - numberAt(inputs, 0, row),
      );
    }
    case 'binary':
      return compileBinary(expression, columns);
    case 'call':
      return compileCall(expression, columns);
    default:
      return expression satisfies never;
  }
}

function constant(type: ValueType, value: number | string): Evaluator {
  return {
    type,
    evaluate(_, count) {
      const block = emptyBlock(type, count);
      for (let row = 0; row < count; row++) setRow(block, row, value);
      return block;
    },
  };
}

function namedColumn(name: string, position: number, columns: readonly Column[]): Column {
  const column = findColumn(columns, name);
  if (column !== undefined) return column;
  const near = nearMatches(
    name,
    columns.map((candidate) => candidate.name),
  ).map((match) => `[${match.replaceAll(']', ']]')}]`);
  throw formulaError(
    position,
    'column',
    `there is no column '${name}'.`,
    near.length === 0
      ? 'The table has no columns; use numbers and text in quotes.'
      : `Did you mean ${near.join(', ')}? Text goes in quotes.`,
    { column: name },
  );
}

const TYPE_NAMES: Readonly<Record<ValueType, string>> = {
  number: 'a number',
  boolean: 'true or false',
  text: 'a text',
  date: 'a date',
};
/** How to get from one type to another, where there is a function for it. */
const CONVERSIONS: Readonly<Record<ValueType, string>> = {
  number: 'number(…) reads a text as a number; if(…, 1, 0) makes one of true and false.',
  boolean: 'Compare with =, < or > to get true or false.',
  text: 'text(…) writes any value as text; concat(…) joins texts.',
  date: "date('2024-02-29') reads a text as a date.",
};

function requireType(input: Evaluator, type: ValueType, who: string, position: number): void {
  if (input.type === type) return;
  throw formulaError(
    position,
    'type',
    `${who} needs ${TYPE_NAMES[type]}; this is ${TYPE_NAMES[input.type]}.`,
    CONVERSIONS[type],
    { expected: type, received: input.type },
  );
}

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  // The remainder has the sign of the divisor, as on a clock.
  '%': (a, b) => a - b * Math.floor(a / b),
  '^': (a, b) => a ** b,
};
const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function compileBinary(
  expression: Extract<Expression, { kind: 'binary' }>,
  columns: readonly Column[],
): Evaluator {
  const { operator } = expression;
  let left = compileExpression(expression.left, columns);
  let right = compileExpression(expression.right, columns);
  const requireBoth = (type: ValueType): void => {
    requireType(left, type, `'${operator}'`, expression.left.position);
    requireType(right, type, `'${operator}'`, expression.right.position);
  };
  if (operator === 'and' || operator === 'or') {
    requireBoth('boolean');
    return logical(operator, left, right);
  }
  const arithmetic = ARITHMETIC[operator];
  if (arithmetic !== undefined) {
    requireBoth('number');
    return rowWise('number', [left, right], (inputs, row) =>
      arithmetic(numberAt(inputs, 0, row), numberAt(inputs, 1, row)),
    );
  }
  left = asDate(expression.left, left, right.type);
  right = asDate(expression.right, right, left.type);
  requireType(right, left.type, `'${operator}' after ${TYPE_NAMES[left.type]}`, expression.right.position);
  return comparison(operator, left, right);
}

/** A text written beside a date in a comparison is a date. */
function asDate(expression: Expression, evaluator: Evaluator, other: ValueType): Evaluator {
  if (expression.kind !== 'text' || other !== 'date') return evaluator;
  const time = parseDate(expression.value);
  if (Number.isFinite(time)) return constant('date', time);
  throw formulaError(
    expression.position,
    'date',
    `'${expression.value}' is not a date.`,
    'Write dates as 2024-02-29 or 2024-02-29T12:30.',
  );
}

function comparison(operator: BinaryOperator, left: Evaluator, right: Evaluator): Evaluator {
  const test = COMPARISONS[operator] as (order: number) => boolean;
  const order: RowFunction =
    left.type === 'text'
      ? (inputs, row) => compareCodePoints(textAt(inputs, 0, row), textAt(inputs, 1, row))
      : (inputs, row) => numberAt(inputs, 0, row) - numberAt(inputs, 1, row);
  return rowWise('boolean', [left, right], (inputs, row) => (test(order(inputs, row) as number) ? 1 : 0));
}

/** Three-valued, as in SQL: what one side settles is not missing, even where the other is. */
function logical(operator: 'and' | 'or', left: Evaluator, right: Evaluator): Evaluator {
  const settling = operator === 'or' ? 1 : 0;
  return {
    type: 'boolean',
    evaluate(start, count) {
      const a = left.evaluate(start, count);
      const b = right.evaluate(start, count);
      const out = emptyBlock('boolean', count);
      for (let row = 0; row < count; row++) {
        const settledBy = (side: typeof a): boolean =>
          side.missing[row] === 0 && side.values[row] === settling;
        if (settledBy(a) || settledBy(b)) setRow(out, row, settling);
        else if (a.missing[row] === 1 || b.missing[row] === 1) out.missing[row] = 1;
        else setRow(out, row, 1 - settling);
      }
      return out;
    },
  };
}

const FUNCTIONS = new Map(FORMULA_FUNCTIONS.map((entry) => [entry.name.toLowerCase(), entry]));
const SPECIAL = new Map(SPECIAL_FORMS.map((entry) => [entry.name.toLowerCase(), entry]));

function compileCall(
  expression: Extract<Expression, { kind: 'call' }>,
  columns: readonly Column[],
): Evaluator {
  const name = expression.name.toLowerCase();
  const special = SPECIAL.get(name);
  const called = FUNCTIONS.get(name);
  if (special === undefined && called === undefined) {
    const known = [...FORMULA_FUNCTIONS, ...SPECIAL_FORMS].map((entry) => entry.name);
    throw formulaError(
      expression.position,
      'function',
      `there is no function '${expression.name}'.`,
      `Did you mean ${nearMatches(expression.name, known).join(', ')}?`,
      { function: expression.name },
    );
  }
  const inputs = expression.inputs.map((input) => compileExpression(input, columns));
  const positions = expression.inputs.map((input) => input.position);
  if (special !== undefined) {
    requireCount(expression, special.numRequired, special.repeats ? Infinity : special.numRequired);
    return special.compile(inputs, (index, type) =>
      requireType(inputs[index] as Evaluator, type, special.name, positions[index] as number),
    );
  }
  const {
    inputs: types,
    numRequired = types.length,
    repeats = false,
    result,
    compute,
  } = called as NonNullable<typeof called>;
  requireCount(expression, numRequired, repeats ? Infinity : types.length);
  inputs.forEach((input, index) => {
    const type = types[Math.min(index, types.length - 1)] as ValueType | 'any';
    if (type !== 'any') requireType(input, type, expression.name, positions[index] as number);
  });
  return rowWise(result, inputs, compute(inputs.map((input) => input.type)));
}

function requireCount(
  { inputs, name, position }: Extract<Expression, { kind: 'call' }>,
  least: number,
  most: number,
): void {
  if (inputs.length >= least && inputs.length <= most) return;
  const range = most === Infinity ? `at least ${least}` : least === most ? `${least}` : `${least} to ${most}`;
  throw formulaError(
    position,
    'input-count',
    `${name} takes ${range} ${most === 1 ? 'value' : 'values'}; here ${inputs.length === 1 ? 'is' : 'are'} ${inputs.length}.`,
    `Give ${name} ${range}, separated by commas.`,
    { function: name, received: inputs.length },
  );
}
