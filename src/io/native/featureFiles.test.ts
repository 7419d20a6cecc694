import { describe, expect, it } from 'vitest';
import type { SparseColumn, VectorColumn } from '../../core/columns.ts';
import { hasBit } from '../../core/bitset.ts';
import type { FeatureRows } from './featureColumn.ts';
import { openDelimited } from '../delimited/delimitedTable.ts';
import { readFeatureTable } from './featureTable.ts';
import { memorySource } from '../fileSource.ts';
import { createIdInterner } from '../tables/idInterner.ts';
import { DEFAULT_IMPORT_LIMITS, type ProbedFile } from '../importTypes.ts';
import { readLibsvm } from './libsvm.ts';
import { createNoticeList } from '../notices.ts';
import { readNpy } from './npy.ts';
import { failureOf } from '../testFiles.ts';

const context = { limits: DEFAULT_IMPORT_LIMITS };

function probe(path: string, content: string | Uint8Array): ProbedFile {
  const head = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { source: memorySource(path, content), head };
}

const validRows = (column: SparseColumn | VectorColumn): boolean[] =>
  Array.from({ length: column.length }, (_, row) => column.validity === null || hasBit(column.validity, row));

describe('readLibsvm', () => {
  const read = (text: string, notices = createNoticeList()): Promise<FeatureRows> =>
    readLibsvm(probe('features.svm', text), context, notices);

  it('counts indices from 1, ignores labels, qid and comments, and keeps empty rows', async () => {
    const column = (await read('3 1:0.5 4:2\n\n-1 qid:7 2:1 # note 9:9\n')).column(3) as SparseColumn;
    expect(column).toMatchObject({
      name: 'features',
      width: 4,
      rowPtr: Int32Array.of(0, 2, 2, 3),
      colIndex: Int32Array.of(0, 3, 1),
      values: Float32Array.of(0.5, 2, 1),
      validity: null,
    });
  });

  it('counts indices from 0 when a 0 occurs, and sorts rows', async () => {
    const column = (await read('0:1 2:3 1:2\n')).column(2) as SparseColumn;
    expect([column.width, [...column.colIndex], [...column.values]]).toEqual([3, [0, 1, 2], [1, 2, 3]]);
    expect(validRows(column)).toEqual([true, false]);
  });

  it('leaves NaN out and says so', async () => {
    const notices = createNoticeList();
    const column = (await read('1:1 2:nan\n3:2\n', notices)).column(2) as SparseColumn;
    expect([...column.values]).toEqual([1, 2]);
    expect(notices.all()).toEqual([
      {
        severity: 'warning',
        code: 'not-finite',
        message: 'features.svm: 1 value of NaN or Infinity left out.',
        count: 1,
        file: 'features.svm',
        examples: [{ line: 1, text: '2:nan' }],
      },
    ]);
  });

  it.each([
    ['1:1\n1:2 x:3\n', 2, "'x:3' has no whole number before the colon"],
    ['1:a\n', 1, "'1:a' has no number after the colon"],
    ['5:1 5:2\n', 1, 'index 5 occurs twice'],
  ])('refuses %j', async (text, line, what) => {
    expect(await failureOf(read(text))).toEqual({
      name: 'ParseError',
      code: 'libsvm-pair',
      message: `features.svm line ${line}: ${what}.`,
      remedy: 'Write each feature once as index:value, for example 12:0.5.',
      details: { file: 'features.svm', line },
    });
  });
});

function npy(type: string, shape: string, data: ArrayBuffer, isFortran = false): Uint8Array {
  const dict = `{'descr': '${type}', 'fortran_order': ${isFortran ? 'True' : 'False'}, 'shape': ${shape}, }`;
  const header = dict.padEnd(117) + '\n';
  const bytes = new Uint8Array(10 + header.length + data.byteLength);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 255, header.length >> 8]);
  bytes.set(new TextEncoder().encode(header), 10);
  bytes.set(new Uint8Array(data), 10 + header.length);
  return bytes;
}

describe('readNpy', () => {
  const read = (bytes: Uint8Array): Promise<FeatureRows> =>
    readNpy(probe('features.npy', bytes), context, createNoticeList());

  it.each([
    ['<f4', Float32Array.of(1, 2.5, -3, 4).buffer],
    ['<f8', Float64Array.of(1, 2.5, -3, 4).buffer],
  ])('reads %s', async (type, data) => {
    const column = (await read(npy(type, '(2, 2)', data))).column(2) as VectorColumn;
    expect([column.width, [...column.values]]).toEqual([2, [1, 2.5, -3, 4]]);
  });

  it('takes a row with NaN for missing', async () => {
    const column = (await read(npy('<f4', '(2, 2)', Float32Array.of(1, Number.NaN, 3, 4).buffer))).column(
      3,
    ) as VectorColumn;
    expect(validRows(column)).toEqual([false, true, false]);
    expect([...column.values]).toEqual([1, 0, 3, 4, 0, 0]);
  });

  it.each([
    [
      npy('<i8', '(1, 1)', new ArrayBuffer(8)),
      "its number type is '<i8', not float32 or float64",
      "Save it as matrix.astype('float32').",
    ],
    [
      npy('<f4', '(2,)', new ArrayBuffer(8)),
      'it is not a matrix of rows and columns',
      'Save an array with two dimensions.',
    ],
    [
      npy('<f4', '(1, 2)', new ArrayBuffer(8), true),
      'it is stored column by column',
      'Save it as numpy.ascontiguousarray(matrix).',
    ],
    [Uint8Array.of(1, 2, 3), 'it does not begin like a NumPy array', 'Save the matrix with numpy.save.'],
  ])('refuses matrix %#', async (bytes, what, remedy) => {
    expect(await failureOf(read(bytes))).toEqual({
      name: 'ParseError',
      code: 'npy-header',
      message: `features.npy: ${what}.`,
      remedy,
      details: { file: 'features.npy' },
    });
  });

  it('refuses a truncated matrix', async () => {
    expect(await failureOf(read(npy('<f4', '(2, 2)', new ArrayBuffer(12))))).toEqual({
      name: 'ParseError',
      code: 'truncated-file',
      message: 'features.npy ends after 3 of 4 values.',
      remedy: 'Copy or save the file again.',
      details: { file: 'features.npy', filled: 3, numValues: 4 },
    });
  });
});

describe('readFeatureTable', () => {
  const ids = createIdInterner();
  for (const id of ['a', 'b', 'c']) ids.internText(id);
  const notices = createNoticeList();
  const read = (text: string): Promise<FeatureRows> =>
    readFeatureTable(openDelimited(probe('features.csv', text), context.limits), ids, context, notices);

  it('reads rows in node order, with or without a header', async () => {
    const plain = (await read('1,2\n3,4\n5,6\n')).column(3) as VectorColumn;
    expect([plain.width, [...plain.values]]).toEqual([2, [1, 2, 3, 4, 5, 6]]);
    const headed = (await read('f0,f1\n1,2\n3,4\n5,6\n')).column(3) as VectorColumn;
    expect([...headed.values]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('finds rows by id; nodes without a row or with an empty cell are missing', async () => {
    const column = (await read('id,f0,f1\nc,5,6\na,1,\nz,9,9\n')).column(3) as VectorColumn;
    expect([...column.values]).toEqual([1, 0, 0, 0, 5, 6]);
    expect(validRows(column)).toEqual([false, false, true]);
    expect(notices.all().map((notice) => notice.message)).toEqual([
      'features.csv: 1 row left out because the node table has no such id.',
      'features.csv: 1 cell without a finite number; the features of 1 node count as missing.',
    ]);
  });

  it('refuses words', async () => {
    expect(await failureOf(read('f0,f1\n1,2\n3,red\n'))).toEqual({
      name: 'ParseError',
      code: 'feature-cell',
      message: "features.csv line 3: 'red' in column 'f1' is not a number.",
      remedy: 'Keep only numbers in the feature table; put other columns into the node table.',
      details: { file: 'features.csv', line: 3 },
    });
  });
});
