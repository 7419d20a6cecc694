/** Published splits, given as lists of rows or as masks, as one category column with the words of the native format. */
import { allocateInt32 } from '../../core/buffers.ts';
import type { CategoryColumn } from '../../core/columns.ts';
import { ParseError } from '../../core/errors.ts';
import { categoryColumn } from './numberColumns.ts';

export const SPLIT_COLUMN = 'split';
const WORDS = ['none', 'test', 'train', 'val'] as const;
export type SplitPart = Exclude<(typeof WORDS)[number], 'none'>;

export class SplitCodes {
  readonly codes: Int32Array;

  constructor(
    numRows: number,
    private readonly path: string,
  ) {
    this.codes = allocateInt32(numRows);
  }

  /** Puts one row into a part. @throws {ParseError} a row that does not exist */
  put(row: number, part: SplitPart): void {
    if (!(row >= 0 && row < this.codes.length)) {
      throw new ParseError(`${this.path}: there is no row ${row} for the split.`, {
        code: 'split-row',
        remedy: 'Number the rows of a split from 0 on, up to the last node.',
        details: { file: this.path, row },
      });
    }
    this.codes[row] = WORDS.indexOf(part);
  }

  column(name: string): CategoryColumn {
    return categoryColumn(name, this.codes, WORDS);
  }
}

/** How a run names the split of a column. */
export const splitHint = (name: string): string => (name === SPLIT_COLUMN ? 'public' : `column:${name}`);
