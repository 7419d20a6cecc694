/** What formulas compute with: blocks of rows of one type, and functions over them. */

/** Dates are ms since 1970, booleans 0 and 1: both are kept as numbers. */
export type ValueType = 'number' | 'boolean' | 'text' | 'date';

export type Values = Float64Array | string[];

/** A block of rows. Values are undefined where missing. */
export interface Block {
  readonly values: Values;
  /** 1 per missing row. */
  readonly missing: Uint8Array;
}

/** Rows evaluated at once: enough to make loops pay, little enough to stay in cache. */
export const BLOCK_ROWS = 4096;

export interface Evaluator {
  readonly type: ValueType;
  /** Returns rows [start, start + count); the caller may change the block. */
  evaluate(start: number, count: number): Block;
}

/** Value of one row from the inputs' blocks; NaN, an infinity or null means missing. */
export type RowFunction = (inputs: readonly Values[], row: number) => number | string | null;

export const numberAt = (inputs: readonly Values[], index: number, row: number): number =>
  (inputs[index] as Float64Array)[row] as number;
export const textAt = (inputs: readonly Values[], index: number, row: number): string =>
  (inputs[index] as string[])[row] as string;

export function emptyBlock(type: ValueType, count: number): Block {
  const values = type === 'text' ? new Array<string>(count).fill('') : new Float64Array(count);
  return { values, missing: new Uint8Array(count) };
}

/** Writes a row; values that no column holds (NaN, infinities, null) become missing. */
export function setRow(block: Block, row: number, value: number | string | null): void {
  if (value === null || (typeof value === 'number' && !Number.isFinite(value))) block.missing[row] = 1;
  else (block.values as (number | string)[])[row] = value;
}

/** Applies a function row by row; a row is missing where any input is. */
export function rowWise(type: ValueType, inputs: readonly Evaluator[], compute: RowFunction): Evaluator {
  return {
    type,
    evaluate(start, count) {
      const blocks = inputs.map((input) => input.evaluate(start, count));
      const values = blocks.map((block) => block.values);
      const out = emptyBlock(type, count);
      for (const { missing } of blocks) {
        for (let row = 0; row < count; row++) if (missing[row] === 1) out.missing[row] = 1;
      }
      for (let row = 0; row < count; row++) {
        if (out.missing[row] === 0) setRow(out, row, compute(values, row));
      }
      return out;
    },
  };
}

/** How a value is written when it becomes text. */
export function displayText(type: ValueType, value: number | string): string {
  if (typeof value === 'string') return value;
  if (type === 'boolean') return value === 1 ? 'true' : 'false';
  return type === 'date' ? new Date(value).toISOString() : String(value);
}
