import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellString, scanRows } from './delimited.ts';
import { detectDialect, type Dialect } from './dialect.ts';
import type { FileSource } from '../fileSource.ts';
import { DEFAULT_IMPORT_LIMITS, type ImportLimits } from '../importTypes.ts';
import { failureOf } from '../testFiles.ts';

const encoder = new TextEncoder();

function chunkedSource(text: string, chunkBytes: number): FileSource {
  const bytes = encoder.encode(text);
  return {
    path: 't.csv',
    sizeBytes: bytes.length,
    async *open() {
      for (let at = 0; at < bytes.length; at += chunkBytes) {
        yield await Promise.resolve(bytes.subarray(at, at + chunkBytes));
      }
    },
  };
}

async function rowsOf(
  text: string,
  changes: Partial<Dialect> = {},
  chunkBytes = 1000,
  limits: ImportLimits = DEFAULT_IMPORT_LIMITS,
): Promise<{ line: number; cells: string[] }[]> {
  const dialect: Dialect = { ...detectDialect(encoder.encode('a,b\n1,2\n')), ...changes };
  const rows: { line: number; cells: string[] }[] = [];
  await scanRows(chunkedSource(text, chunkBytes), dialect, { limits }, (row) => {
    rows.push({
      line: row.line,
      cells: Array.from({ length: row.numCells }, (_, cell) => cellString(row, cell)),
    });
  });
  return rows;
}

describe('scanRows', () => {
  it('keeps newlines and doubled quotes inside quoted cells, and counts their lines', async () => {
    expect(await rowsOf('a,b\r\n1,"ha \r\n""ha"" \r\nha"\r\n3,4')).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['1', 'ha \r\n"ha" \r\nha'] },
      { line: 5, cells: ['3', '4'] },
    ]);
  });

  it.each([
    ['LF', 'a,b\n1,2\n3,4\n'],
    ['CRLF', 'a,b\r\n1,2\r\n3,4\r\n'],
    ['CR', 'a,b\r1,2\r3,4\r'],
  ])('ends rows at %s', async (_, text) => {
    expect(await rowsOf(text)).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['1', '2'] },
      { line: 3, cells: ['3', '4'] },
    ]);
  });

  it('trims blanks around cells but not inside quotes', async () => {
    expect(await rowsOf('  a ,\t"b " , c\n')).toEqual([{ line: 1, cells: ['a', 'b ', 'c'] }]);
  });

  it('skips empty and comment lines and still counts them', async () => {
    expect(await rowsOf('# made by hand\n\na,b\n# more\n1,2', { comment: 35 })).toEqual([
      { line: 3, cells: ['a', 'b'] },
      { line: 5, cells: ['1', '2'] },
    ]);
  });

  it('splits at runs of blanks', async () => {
    expect(await rowsOf('  1  2\t3 \n4 5 6', { delimiter: 32 })).toEqual([
      { line: 1, cells: ['1', '2', '3'] },
      { line: 2, cells: ['4', '5', '6'] },
    ]);
  });

  it('returns the same rows whatever the chunks are', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', '\n', ' ', '7'), maxLength: 6 });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom('\n', '\r\n'),
        async (rows, size, end) => {
          const text = rows
            .map((cells) => cells.map((c) => `"${c.replaceAll('"', '""')}"`).join(','))
            .join(end);
          expect((await rowsOf(text, {}, size)).map((row) => row.cells)).toEqual(rows);
        },
      ),
    );
  });

  it('names the line of a quote that is never closed', async () => {
    expect(await failureOf(rowsOf('a,b\n1,"2\n3,4\n'))).toEqual({
      name: 'ParseError',
      code: 'malformed-quotes',
      message: 't.csv line 2: a quoted cell is never closed.',
      remedy: 'Close the quote in the row that begins on line 2.',
      details: { file: 't.csv', line: 2 },
    });
  });

  it('refuses text after a closing quote', async () => {
    expect(await failureOf(rowsOf('a,b\n1,"2"x\n'))).toEqual({
      name: 'ParseError',
      code: 'malformed-quotes',
      message: 't.csv line 2: text follows a closing quote.',
      remedy: 'Double the quotes inside the cell in the row that begins on line 2.',
      details: { file: 't.csv', line: 2 },
    });
  });

  it('stops at a cell beyond the limit', async () => {
    const limits = { ...DEFAULT_IMPORT_LIMITS, maxCellBytes: 10 };
    expect(await failureOf(rowsOf(`a,b\n1,"${'x'.repeat(40)}`, {}, 8, limits))).toEqual({
      name: 'LimitError',
      code: 'cell-too-long',
      message: 't.csv line 2: a cell is longer than 10 bytes.',
      remedy: 'Check the row for a quote that is never closed, or for a wrong delimiter.',
      details: { file: 't.csv', line: 2, limit: 10 },
    });
  });

  it('stops at a row with too many cells', async () => {
    const limits = { ...DEFAULT_IMPORT_LIMITS, maxColumns: 3 };
    expect(await failureOf(rowsOf('a,b,c\n1,2,3,4\n', {}, 100, limits))).toEqual({
      name: 'LimitError',
      code: 'too-many-columns',
      message: 't.csv line 2: a row has more than 3 columns.',
      remedy: 'Store wide features as features.svm or features.npy, or split the table.',
      details: { file: 't.csv', line: 2, limit: 3 },
    });
  });

  it('gives way to timers and stops when cancelled in the middle', async () => {
    const controller = new AbortController();
    let rows = 0;
    const dialect = detectDialect(encoder.encode('a,b\n1,2\n'));
    const source = chunkedSource('1,2\n'.repeat(3_000_000), 64 * 1024);
    const reading = scanRows(
      source,
      dialect,
      { limits: DEFAULT_IMPORT_LIMITS, signal: controller.signal },
      () => {
        if (++rows === 1) setTimeout(() => controller.abort(), 0);
      },
    );
    expect(await failureOf(reading)).toEqual({
      name: 'CancelledError',
      code: 'cancelled',
      message: 'Reading t.csv was cancelled.',
      remedy: 'Start it again when you are ready.',
      details: {},
    });
    expect(rows).toBeLessThan(3_000_000);
  });
});
