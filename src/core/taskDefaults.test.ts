import { describe, expect, it } from 'vitest';
import { bitsetOf } from './bitset.ts';
import type { CategoryColumn, Column, DateColumn, F64Column } from './columns.ts';
import { buildGraph } from './graphBuilder.ts';
import { splitChoices } from './taskDefaults.ts';
import { resolveNodeSplit } from './transforms/resolveNodeSplit.ts';
import { utf8Table } from './utf8Table.ts';

const NUM_NODES = 6;
const words = (name: string): CategoryColumn => ({
  kind: 'category',
  name,
  length: NUM_NODES,
  validity: null,
  codes: Int32Array.of(0, 1, 2, 0, 0, 2),
  dictionary: ['train', 'val', 'test'],
});
const numbers = (name: string, values: readonly number[]): F64Column => ({
  kind: 'f64',
  name,
  length: NUM_NODES,
  validity: null,
  values: Float64Array.from(values),
});
const dates = (name: string, present: readonly number[]): DateColumn => ({
  kind: 'date',
  name,
  length: NUM_NODES,
  validity: bitsetOf(NUM_NODES, present),
  values: Float64Array.of(5, 3, 1, 2, 0, 4),
});
const graphOf = (columns: readonly Column[]) =>
  buildGraph({
    name: 'papers',
    nodeTables: [{ type: 'paper', count: NUM_NODES, columns }],
    nodeIds: utf8Table(Array.from({ length: NUM_NODES }, (_, node) => String(node))),
    edgeTypes: [],
    source: new Int32Array(0),
    target: new Int32Array(0),
    edgeType: null,
    edgeColumns: [],
  });
const idsOf = (columns: readonly Column[]): string[] =>
  splitChoices(graphOf(columns), 'paper').map((choice) => choice.id);

const ALWAYS = ['random:60/20/20', 'random:80/10/10', 'random:10/10/80', 'fold:0/5', 'all'];

describe('splitChoices', () => {
  it('offers drawn splits, a fold and no test part for any graph', () => {
    expect(idsOf([])).toEqual(ALWAYS);
  });

  it('puts split columns first, so that the data decides where it says something', () => {
    expect(idsOf([words('split'), words('other')])).toEqual(['public', 'column:other', ...ALWAYS]);
  });

  it('offers a split by time for dates and for numbers named like one', () => {
    const all = [0, 1, 2, 3, 4, 5];
    const ids = idsOf([dates('published', all), numbers('Year', all), numbers('weight', all)]);
    expect(ids.filter((id) => id.startsWith('time:'))).toEqual([
      'time:published:60/20/20',
      'time:Year:60/20/20',
    ]);
  });

  it('offers none where there are fewer moments than parts', () => {
    const ids = idsOf([dates('published', [0, 1]), numbers('year', [1, 1, 2, 2, Number.NaN, Infinity])]);
    expect(ids).toEqual(ALWAYS);
  });

  it('offers only what can be resolved', () => {
    const columns = [words('split'), words('other'), dates('published', [0, 1, 2, 3, 4, 5])];
    for (const id of idsOf(columns)) {
      const split = resolveNodeSplit(id, {
        columns,
        nodeTypeName: 'paper',
        codes: Int32Array.of(0, 1, 0, 1, 0, 1),
        offset: 0,
        numNodes: NUM_NODES,
        seed: 0,
      });
      expect(split.name).toBe(id);
    }
  });
});
