/** Columns as inputs of a formula. */
import { type Column, cellText, isValid } from '../columns.ts';
import { formulaError } from './formulaError.ts';
import { emptyBlock, type Evaluator, setRow, type ValueType } from './formulaValues.ts';

/**
 * Returns the evaluator of a column: numbers, bool as true and false, dates; text and categories as text.
 * @throws {ParameterError} a vector or sparse column
 */
export function columnEvaluator(column: Column, position: number): Evaluator {
  switch (column.kind) {
    case 'f32':
    case 'f64':
    case 'i32':
      return reader(column, 'number', (row) => column.values[row] as number);
    case 'bool':
      return reader(column, 'boolean', (row) => column.values[row] as number);
    case 'date':
      return reader(column, 'date', (row) => column.values[row] as number);
    case 'text':
    case 'category':
      return reader(column, 'text', (row) => cellText(column, row));
    case 'vector':
    case 'sparse':
      throw formulaError(
        position,
        'column-kind',
        `column '${column.name}' holds ${column.kind} values, not single ones.`,
        'Choose a column of numbers, text, dates or true and false.',
        { column: column.name, kind: column.kind },
      );
    default:
      return column satisfies never;
  }
}

function reader(column: Column, type: ValueType, valueOf: (row: number) => number | string): Evaluator {
  return {
    type,
    evaluate(start, count) {
      const block = emptyBlock(type, count);
      for (let at = 0; at < count; at++) {
        if (isValid(column, start + at)) setRow(block, at, valueOf(start + at));
        else block.missing[at] = 1;
      }
      return block;
    },
  };
}
