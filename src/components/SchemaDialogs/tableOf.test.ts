import { describe, expect, it } from 'vitest';
import type { Column, ColumnKind } from '../../core/columns.ts';
import type { EdgeBuilderNeeds } from '../../core/edgeBuilders/edgeBuilderTypes.ts';
import { freeName, suggestedColumns } from './tableOf.ts';

const column = (name: string, kind: ColumnKind): Column =>
  ({ name, kind, length: 0, validity: null, values: [], codes: [], dictionary: [] }) as unknown as Column;
const needs = (kinds: readonly ColumnKind[], most: number | null): EdgeBuilderNeeds => ({
  columns: { kinds, least: 1, most, words: '' },
  edges: false,
});

describe('the columns a build begins with', () => {
  const points = needs(['vector', 'f32', 'i32', 'category'], null);

  it('are all numbers, without the target', () => {
    const columns = [column('a', 'f32'), column('y', 'i32'), column('b', 'f32'), column('c', 'category')];
    expect(suggestedColumns(columns, points, ['y'])).toEqual(['a', 'b']);
  });

  it('are one vector where there is one, as vectors and numbers have no common distance', () => {
    expect(suggestedColumns([column('a', 'f32'), column('v', 'vector')], points, [])).toEqual(['v']);
  });

  it('are the first that fits where the builder takes one, and none where none fits', () => {
    const texts = needs(['text', 'category'], 1);
    expect(suggestedColumns([column('t', 'text'), column('c', 'category')], texts, [])).toEqual(['t']);
    expect(suggestedColumns([column('a', 'f32')], texts, [])).toEqual([]);
  });
});

it('a taken name gets the first free number', () => {
  const columns = [column('degree', 'i32'), column('degree 2', 'i32')];
  expect([freeName('degree', columns), freeName('rank', columns)]).toEqual(['degree 3', 'rank']);
});
