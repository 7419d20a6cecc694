import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { F32Column } from '../../core/columns.ts';
import { MAX_DISTINCT, summariseColumn } from './columnSummary.ts';

function numbers(values: readonly number[], present: readonly boolean[] | null = null): F32Column {
  const bits = new Uint8Array((values.length + 7) >> 3);
  present?.forEach((isPresent, row) => {
    if (isPresent) bits[row >> 3] = (bits[row >> 3] as number) | (1 << (row & 7));
  });
  return {
    kind: 'f32',
    name: 'x',
    length: values.length,
    validity: present === null ? null : { length: values.length, bits },
    values: Float32Array.from(values),
  };
}

describe('summariseColumn', () => {
  it('counts numbers in sixteen equal bins; the largest is in the last', () => {
    const { bars, text, missing } = summariseColumn(numbers([0, 0, 1, 16]));
    expect([text, missing]).toEqual(['0 to 16', 0]);
    expect(bars.map((bar) => bar.count)).toEqual([2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(bars[1]?.label).toBe('1 to 2');
  });

  it('leaves missing cells out and counts them', () => {
    expect(summariseColumn(numbers([5, 99, 5], [true, false, true]))).toEqual({
      bars: [],
      missing: 1,
      distinct: 1,
      text: 'always 5',
    });
    expect(summariseColumn(numbers([1], [false]))).toEqual({
      bars: [],
      missing: 1,
      distinct: 0,
      text: 'no values',
    });
  });

  it('shows categories in their order, and above twelve the most frequent with the rest in one bar', () => {
    const category = (dictionary: readonly string[], codes: readonly number[]) =>
      summariseColumn({
        kind: 'category',
        name: 'c',
        length: codes.length,
        validity: null,
        codes: Int32Array.from(codes),
        dictionary,
      });
    expect(category(['a', 'b'], [1, 1, 0])).toEqual({
      bars: [
        { label: 'a', count: 1 },
        { label: 'b', count: 2 },
      ],
      missing: 0,
      distinct: 2,
      text: '2 values',
    });
    const many = category(
      Array.from({ length: 14 }, (_, code) => `c${code}`),
      [13, 13, 13, ...Array.from({ length: 14 }, (_, code) => code)],
    );
    expect(many.bars).toHaveLength(12);
    expect(many.bars[0]).toEqual({ label: 'c13', count: 4 });
    expect(many.bars[11]).toEqual({ label: '3 others', count: 3 });
  });

  it('tells the width and density of a sparse column', () => {
    const summary = summariseColumn({
      kind: 'sparse',
      name: 'words',
      length: 2,
      validity: null,
      width: 4,
      rowPtr: Int32Array.of(0, 1, 2),
      colIndex: Int32Array.of(0, 3),
      values: Float32Array.of(1, 1),
    });
    expect(summary).toEqual({
      bars: [],
      missing: 0,
      distinct: null,
      text: '4 wide, 25.0 % set',
    });
  });

  it('counts different values, missing cells aside, and stops at ten thousand', () => {
    expect(summariseColumn(numbers([1, 2, 2, 7], [true, true, true, false])).distinct).toBe(2);
    const many = Array.from({ length: MAX_DISTINCT + 5 }, (_, row) => row);
    expect(summariseColumn(numbers(many)).distinct).toBe(MAX_DISTINCT);
  });

  it('never loses a value: the bars and the missing cells add up to the rows', () => {
    const cell = fc.tuple(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.boolean());
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 60 }), (cells) => {
        const values = cells.map(([value]) => value);
        const { bars, missing } = summariseColumn(
          numbers(
            values,
            cells.map(([, isPresent]) => isPresent),
          ),
        );
        const counted = bars.reduce((sum, bar) => sum + bar.count, 0);
        // No bars: every present value is the same, or none is present.
        return bars.length === 0 || counted + missing === values.length;
      }),
    );
  });
});
