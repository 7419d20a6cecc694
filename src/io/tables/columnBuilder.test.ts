import { describe, expect, it } from 'vitest';
import type { Column } from '../../core/columns.ts';
import { ColumnBuilder, type StartKind } from './columnBuilder.ts';
import { orderCategories } from '../../core/categoryRules.ts';
import { cellsOf } from '../testFiles.ts';

const encoder = new TextEncoder();

/** Reads the cells as `tableReader.ts` does: again from the kind the builder asks for. */
function build(cells: readonly string[], name = 'c', start?: StartKind): Column {
  const builder = new ColumnBuilder(name, start === undefined ? {} : { start });
  cells.forEach((cell, row) => {
    const bytes = encoder.encode(cell);
    builder.push(bytes, 0, bytes.length, row + 2);
  });
  const again = builder.settle();
  return again === null ? builder.finish() : build(cells, name, again);
}

const shown = (cells: readonly string[], name = 'c') => cellsOf([build(cells, name)], name);
const repeat = (count: number, cell: (row: number) => string): string[] =>
  Array.from({ length: count }, (_, row) => cell(row));

describe('ColumnBuilder', () => {
  it.each([
    ['i32', ['1', '-2', '', '3']],
    ['f32', ['1', '0.25', '', '3']],
    ['f64', ['1', '0.1234567']],
    ['f64', ['3000000000', '1']],
    ['bool', ['true', 'false', '']],
    ['date', ['2020-01-01', '', '2021-02-03T04:05:06Z']],
    ['text', ['alpha', 'beta', '']],
    ['category', ['a', 'b', 'a', 'b']],
    ['text', ['12345678901234567', '1']],
    ['text', ['', '']],
  ])('infers %s from %j', (kind, cells) => {
    expect(build(cells).kind).toBe(kind);
  });

  it('keeps the exact text of numbers when a word comes late', () => {
    expect(shown(['007', '1.50', '', '1e3', 'unknown'])).toEqual({
      kind: 'text',
      cells: ['007', '1.50', '', '1e3', 'unknown'],
    });
  });

  it('widens bool and date to text', () => {
    expect(shown(['true', 'maybe'])).toEqual({ kind: 'text', cells: ['true', 'maybe'] });
    expect(shown(['2020-01-01', 'soon'])).toEqual({ kind: 'text', cells: ['2020-01-01', 'soon'] });
  });

  it('keeps labels as categories, in numeric order', () => {
    expect(build(['10', '9', '', '9'], 'label')).toMatchObject({ kind: 'category', dictionary: ['9', '10'] });
  });

  it.each([
    ['decimals', repeat(10, (row) => String(row / 4)), 'f32'],
    ['more than 1,000 integers', repeat(1500, (row) => String(row % 1200)), 'i32'],
    ['a name per row', repeat(30, (row) => `name ${row}`), 'text'],
  ])('takes labels that are %s for values', (_, cells, kind) => {
    expect(build(cells, 'label').kind).toBe(kind);
  });

  it('reads is_ and has_ columns of 0 and 1 as bool', () => {
    expect(build(['0', '1', ''], 'is_outlier').kind).toBe('bool');
    expect(build(['0', '2'], 'is_outlier').kind).toBe('i32');
    expect(build(['0', '1'], 'island').kind).toBe('i32');
  });

  it('becomes text beyond 1,000 words without losing one', () => {
    const cells = repeat(3000, (row) => (row % 7 === 0 ? '' : `word ${row % 1500}`));
    expect(shown(cells)).toEqual({ kind: 'text', cells });
  });

  it('counts NaN and Infinity of numeric columns', () => {
    const builder = new ColumnBuilder('x');
    ['1', 'NaN', '-inf', '2'].forEach((cell, row) =>
      builder.push(encoder.encode(cell), 0, cell.length, row + 2),
    );
    expect(builder.nonFiniteExamples).toEqual([
      { line: 3, text: 'x: NaN' },
      { line: 4, text: 'x: -inf' },
    ]);
    expect(cellsOf([builder.finish()], 'x')).toEqual({ kind: 'i32', cells: ['1', '', '', '2'] });
  });

  it('keeps a word such as inf when the column turns out to be text', () => {
    expect(shown(['inf', 'sup'])).toEqual({ kind: 'text', cells: ['inf', 'sup'] });
  });
});

describe('orderCategories', () => {
  it('orders integers by value and words by code point', () => {
    expect(orderCategories(['10', '-1', '9'])).toEqual(['-1', '9', '10']);
    expect(orderCategories(['b', '10', 'B', 'a'])).toEqual(['10', 'B', 'a', 'b']);
    // U+FF5E sorts below U+1F600 by code point but above its first UTF-16 unit.
    expect(orderCategories(['\u{1F600}', '\uFF5E'])).toEqual(['\uFF5E', '\u{1F600}']);
  });
});
