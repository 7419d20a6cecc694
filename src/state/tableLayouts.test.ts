import { describe, expect, it } from 'vitest';
import { recallLayout, rememberLayout, type TableLayout, USUAL_LAYOUT } from './tableLayouts.ts';

function preferences(start: string | null = null) {
  const kept = new Map<string, string>(start === null ? [] : [['graphwright-table-layouts', start]]);
  return {
    readPreference: (key: string) => kept.get(key) ?? null,
    writePreference: (key: string, value: string) => kept.set(key, value),
  };
}

const layout: TableLayout = { order: ['year', 'id'], isShown: { degree: false }, widthsPx: { id: 90 } };

describe('layouts of tables', () => {
  it('come back for the same table of the same graph only', () => {
    const page = preferences();
    rememberLayout(page, 'Cora', 'nodes:paper', layout);
    expect(recallLayout(page, 'Cora', 'nodes:paper')).toEqual(layout);
    expect(recallLayout(page, 'Cora', 'edges')).toBe(USUAL_LAYOUT);
    expect(recallLayout(page, 'Citeseer', 'nodes:paper')).toBe(USUAL_LAYOUT);
  });

  it('are forgotten when reset, and the oldest beyond fifty', () => {
    const page = preferences();
    for (let at = 0; at < 51; at++) rememberLayout(page, `graph ${at}`, 'edges', layout);
    expect(recallLayout(page, 'graph 0', 'edges')).toBe(USUAL_LAYOUT);
    expect(recallLayout(page, 'graph 1', 'edges')).toEqual(layout);
    rememberLayout(page, 'graph 1', 'edges', USUAL_LAYOUT);
    expect(recallLayout(page, 'graph 1', 'edges')).toBe(USUAL_LAYOUT);
  });

  it.each([
    '{',
    '3',
    '[3]',
    '[{"graph":"g","table":"t","layout":{"order":[1],"isShown":{},"widthsPx":{}}}]',
    '[{"graph":"g","table":"t","layout":{"order":[],"isShown":{},"widthsPx":{"id":"wide"}}}]',
  ])('are not trusted when they read %s', (text) => {
    expect(recallLayout(preferences(text), 'g', 't')).toBe(USUAL_LAYOUT);
  });
});
