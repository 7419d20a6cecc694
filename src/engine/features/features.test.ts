import { describe, expect, it } from 'vitest';
import { bitsetOf } from '../../core/bitset.ts';
import type { CategoryColumn, Column } from '../../core/columns.ts';
import { encodeFeatures } from './encodeFeatures.ts';
import { selectFeatures } from './selectFeatures.ts';

const f32 = (name: string, values: number[], valid?: number[]): Column => ({
  kind: 'f32',
  name,
  length: values.length,
  validity: valid === undefined ? null : bitsetOf(values.length, valid),
  values: Float32Array.from(values),
});
const category = (name: string, cells: string[]): CategoryColumn => {
  const dictionary = [...new Set(cells)].sort();
  return {
    kind: 'category',
    name,
    length: cells.length,
    validity: null,
    codes: Int32Array.from(cells, (cell) => dictionary.indexOf(cell)),
    dictionary,
  };
};

describe('encodeFeatures', () => {
  it('standardises on training rows only and marks missing cells', () => {
    const column = f32('x', [1, 3, 1000, 0], [0, 1, 2]);
    const encoded = encodeFeatures([{ columns: [column], offset: 0, count: 4 }], 4, bitsetOf(4, [0, 1]));
    // Training rows 1 and 3: mean 2, sd 1. Row 3 is missing: 0 and the indicator.
    expect([...(encoded.dense ?? [])]).toEqual([-1, 0, 1, 0, 998, 0, 0, 1]);
    expect(encoded.width).toBe(2);
  });

  it('leaves a constant column at zero instead of dividing by it', () => {
    const encoded = encodeFeatures(
      [{ columns: [f32('c', [5, 5, 7])], offset: 0, count: 3 }],
      3,
      bitsetOf(3, [0, 1]),
    );
    expect([...(encoded.dense ?? [])]).toEqual([0, 0, 2]);
  });

  it('scales sparse rows to sum 1, keeps an empty row, and puts one-hot columns beside them', () => {
    const words: Column = {
      kind: 'sparse',
      name: 'words',
      length: 3,
      validity: null,
      width: 4,
      rowPtr: Int32Array.of(0, 2, 2, 3),
      colIndex: Int32Array.of(0, 3, 1),
      values: Float32Array.of(1, 3, 2),
    };
    const encoded = encodeFeatures(
      [{ columns: [words, category('kind', ['b', 'a', 'b'])], offset: 0, count: 3 }],
      3,
      bitsetOf(3, [0]),
    );
    expect(encoded.sparse).toEqual({
      rows: 3,
      cols: 6,
      rowPtr: Int32Array.of(0, 3, 4, 6),
      colIndex: Int32Array.of(0, 3, 5, 4, 1, 5),
      values: Float32Array.of(0.25, 0.75, 1, 1, 1, 1),
    });
  });

  it('gives each node its own indicator when there is nothing to learn from', () => {
    const encoded = encodeFeatures([{ columns: [], offset: 0, count: 3 }], 3, bitsetOf(3, [0]));
    expect(encoded.sparse).toMatchObject({
      rows: 3,
      cols: 3,
      colIndex: Int32Array.of(0, 1, 2),
      values: null,
    });
  });

  it('places the columns of a later node type at its own rows', () => {
    const encoded = encodeFeatures(
      [
        { columns: [], offset: 0, count: 2 },
        { columns: [f32('x', [0, 2])], offset: 2, count: 2 },
      ],
      4,
      bitsetOf(4, [2, 3]),
    );
    expect([...(encoded.dense ?? [])]).toEqual([0, 0, -1, 1]);
  });
});

describe('selectFeatures', () => {
  const rows = Array.from({ length: 40 }, (_, row) => row);
  const target = Int32Array.from(rows, (row) => row % 2);

  it('names a reason for everything it leaves out', () => {
    const text: Column = {
      kind: 'text',
      name: 'abstract',
      length: 40,
      validity: null,
      text: { length: 40, bytes: new Uint8Array(0), offsets: new Uint32Array(41) },
    };
    const columns = [
      category(
        'label',
        rows.map((row) => `c${row % 2}`),
      ),
      category(
        'label_name',
        rows.map((row) => `name ${row % 2}`),
      ),
      category(
        'coarse',
        rows.map((row) => (row % 2 ? 'odd' : 'even')),
      ),
      category(
        'city',
        rows.map((row) => `city ${row >> 3}`),
      ),
      category(
        'name',
        rows.map((row) => `person ${row}`),
      ),
      category(
        'split',
        rows.map((row) => (row < 20 ? 'train' : 'test')),
      ),
      text,
      f32('age', rows),
    ];
    const { used, leftOut } = selectFeatures(columns, 'label', target, 'auto');
    expect(used.map(({ name }) => name)).toEqual(['city', 'age']);
    expect(leftOut).toEqual([
      { name: 'label_name', reason: 'its value gives the target away' },
      { name: 'coarse', reason: 'its value gives the target away' },
      { name: 'name', reason: 'an identifier, different in every row' },
      { name: 'split', reason: 'describes the split' },
      { name: 'abstract', reason: 'free text; choose it or set text buckets' },
    ]);
  });

  it('takes what a person chose, and refuses what cannot be', () => {
    const columns = [category('label', rows.map(String)), f32('age', rows)];
    expect(selectFeatures(columns, 'label', target, ['age']).used).toHaveLength(1);
    expect(() => selectFeatures(columns, 'label', target, ['label'])).toThrow(
      "'label' is the target; it cannot be a feature.",
    );
    expect(() => selectFeatures(columns, 'label', target, ['height'])).toThrow(
      "There is no column 'height' to use as a feature.",
    );
  });
});
