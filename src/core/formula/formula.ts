/**
 * Formulas over the columns of one table: `if(isMissing(age), 0, round([net income] / 12, 2))`. Parsed, checked and
 * evaluated here without generating code; what may be called is `formulaFunctions.ts` and `specialForms.ts`.
 */
import type { Column } from '../columns.ts';
import { createMeasurePacer, type MeasureContext } from '../graphMetrics/measureContext.ts';
import { createNumberWriter, createWordWriter } from '../schema/columnWriters.ts';
import { compileExpression } from './compileExpression.ts';
import { BLOCK_ROWS, type Evaluator, type ValueType } from './formulaValues.ts';
import { type Expression, parseFormula } from './parseFormula.ts';

export interface Formula {
  readonly resultType: ValueType;
  /** Names of the columns it reads, in the order of the table. */
  readonly columnsRead: readonly string[];
  /**
   * Returns the column of results: f64, bool, date, or for text a category when few words repeat, else text.
   * @throws {CancelledError} the signal was aborted
   * Deterministic. O(rows · size of the formula) time; memory beyond the result is a block of rows per level of nesting.
   */
  evaluate(name: string, context?: MeasureContext): Promise<Column>;
}

/**
 * Returns the formula, ready to be evaluated on the given columns.
 *
 * Values are numbers, text ('…' or "…"), true and false, and columns: bare names or [any name]. Operators from loosest
 * to tightest: or, and, not, = <> < <= > >=, + -, * / %, unary -, ^. `%` has the sign of the divisor. A missing cell
 * makes the result missing, except where `if`, `coalesce`, `isMissing`, `and` or `or` know better; so does a result that
 * is no finite number (1 / 0, log(0)). Text compares by code point.
 * @param numRows rows of the table, also when it has no columns
 * @throws {ParameterError} with the position: not a formula, too long or nested too deeply, unknown names, types that
 * do not fit
 */
export function compileFormula(text: string, columns: readonly Column[], numRows: number): Formula {
  const expression = parseFormula(text);
  const evaluator = compileExpression(expression, columns);
  const read = new Set(columnNames(expression));
  return {
    resultType: evaluator.type,
    columnsRead: columns.map((column) => column.name).filter((name) => read.has(name)),
    evaluate: (name, context = {}) => evaluateRows(evaluator, name, numRows, context),
  };
}

function columnNames(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'number':
    case 'text':
    case 'boolean':
      return [];
    case 'column':
      return [expression.name];
    case 'unary':
      return columnNames(expression.operand);
    case 'binary':
      return [...columnNames(expression.left), ...columnNames(expression.right)];
    case 'call':
      return expression.inputs.flatMap(columnNames);
    default:
      return expression satisfies never;
  }
}

async function evaluateRows(
  evaluator: Evaluator,
  name: string,
  numRows: number,
  context: MeasureContext,
): Promise<Column> {
  const { set, finish } = resultWriter(evaluator.type, name, numRows);
  const pace = createMeasurePacer(context, 'The formula');
  for (let start = 0; start < numRows; start += BLOCK_ROWS) {
    await pace(start / numRows);
    const count = Math.min(BLOCK_ROWS, numRows - start);
    const { values, missing } = evaluator.evaluate(start, count);
    for (let row = 0; row < count; row++) {
      if (missing[row] === 0) set(start + row, values[row] as number | string);
    }
  }
  context.report?.(1);
  return finish();
}

function resultWriter(
  type: ValueType,
  name: string,
  numRows: number,
): { set(row: number, value: number | string): void; finish(): Column } {
  if (type === 'text') {
    const words = createWordWriter(name, numRows);
    return { set: (row, value) => words.set(row, String(value)), finish: () => words.finish('inferred') };
  }
  const kind = type === 'number' ? 'f64' : type === 'boolean' ? 'bool' : 'date';
  const numbers = createNumberWriter(kind, name, numRows);
  return {
    set: (row, value) => {
      numbers.set(row, Number(value));
    },
    finish: () => numbers.finish(),
  };
}
