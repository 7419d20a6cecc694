import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitsetOf } from '../bitset.ts';
import type { Column } from '../columns.ts';
import { InvalidGraphError } from '../errors.ts';
import type { Graph } from '../graph.ts';
import { buildGraph } from '../graphBuilder.ts';
import { emptyNodeSplit, type NodeSplit } from '../split.ts';
import { utf8Table } from '../utf8Table.ts';
import { sharedInformation } from './mutualInformation.ts';
import { summariseGraph } from './summariseGraph.ts';
import type { GraphWarningCode } from './summaryTypes.ts';

const COUNT = 40;
const rows = <T>(make: (row: number) => T): T[] => Array.from({ length: COUNT }, (_, row) => make(row));
const base = (name: string) => ({ name, length: COUNT, validity: null });
const category = (name: string, dictionary: string[], code: (row: number) => number): Column => ({
  ...base(name),
  kind: 'category',
  codes: Int32Array.from(rows(code)),
  dictionary,
});
const numbers = (name: string, value: (row: number) => number): Column => ({
  ...base(name),
  kind: 'f64',
  values: Float64Array.from(rows(value)),
});
/** Classes a and b in turns. */
const label = category('label', ['a', 'b'], (row) => row % 2);

/** A ring of 40 nodes. */
function ring(columns: readonly Column[], extra: Partial<Graph> = {}): Graph {
  const graph = buildGraph({
    name: 'g',
    nodeTables: [{ type: 'node', columns, count: COUNT }],
    nodeIds: utf8Table(rows(String)),
    edgeTypes: [{ relation: 'next', sourceType: 0, targetType: 0, directed: false }],
    source: Int32Array.from(rows((row) => row)),
    target: Int32Array.from(rows((row) => (row + 1) % COUNT)),
    edgeType: null,
    edgeColumns: [],
  });
  return { ...graph, ...extra };
}
const TARGET = { nodeType: 'node', column: 'label' };
const found = (graph: Graph, code: GraphWarningCode, split: NodeSplit | null = null) =>
  summariseGraph(graph, TARGET, split).warnings.filter((warning) => warning.code === code);

describe('structure', () => {
  it('counts nodes, edges, components, loops and parallel edges of a mixed graph', () => {
    const graph = buildGraph({
      name: 'g',
      nodeTables: [
        { type: 'paper', columns: [], count: 4 },
        { type: 'author', columns: [], count: 2 },
      ],
      nodeIds: utf8Table(['0', '1', '2', '3', '4', '5']),
      edgeTypes: [
        { relation: 'cites', sourceType: 0, targetType: 0, directed: true },
        { relation: 'near', sourceType: 0, targetType: 0, directed: false },
        { relation: 'writes', sourceType: 1, targetType: 0, directed: true },
      ],
      source: Int32Array.of(0, 1, 0, 2, 0, 1, 4),
      target: Int32Array.of(1, 0, 1, 2, 1, 0, 0),
      edgeType: Int32Array.of(0, 0, 0, 0, 1, 1, 2),
      edgeColumns: [],
    });
    const summary = summariseGraph(graph);
    expect(summary).toMatchObject({
      numNodes: 6,
      numEdges: 7,
      nodeTypes: [
        { name: 'paper', numNodes: 4 },
        { name: 'author', numNodes: 2 },
      ],
      numIsolated: 2,
      numComponents: 4,
      largestComponentRatio: 0.5,
      numSelfLoops: 1,
      // 0→1 twice; 0–1 and 1–0 without direction. 1→0 is another way round.
      numParallelEdges: 2,
      density: (2 * 7) / (6 * 5),
      target: null,
    });
    expect(summary.edgeTypes.map((type) => type.numEdges)).toEqual([4, 2, 1]);
    expect(summary.edgeTypes[2]).toMatchObject({ sourceType: 'author', targetType: 'paper', directed: true });
    expect(summary.degrees).toMatchObject({ degrees: [0, 1, 2, 5, 6], counts: [2, 1, 1, 1, 1] });
  });

  it('counts parallel edges as a set of ends does, on random graphs', () => {
    const end = fc.nat(4);
    fc.assert(
      fc.property(fc.array(fc.tuple(end, end, fc.nat(1)), { maxLength: 20 }), (ends) => {
        const graph = buildGraph({
          name: 'g',
          nodeTables: [{ type: 'node', columns: [], count: 5 }],
          nodeIds: utf8Table(['0', '1', '2', '3', '4']),
          edgeTypes: [
            { relation: 'to', sourceType: 0, targetType: 0, directed: true },
            { relation: 'near', sourceType: 0, targetType: 0, directed: false },
          ],
          source: Int32Array.from(ends, (edge) => edge[0]),
          target: Int32Array.from(ends, (edge) => edge[1]),
          edgeType: Int32Array.from(ends, (edge) => edge[2]),
          edgeColumns: [],
        });
        const pairs = ends.map(([from, to, type]) =>
          type === 1 && from > to ? `${type} ${to} ${from}` : `${type} ${from} ${to}`,
        );
        expect(summariseGraph(graph).numParallelEdges).toBe(pairs.length - new Set(pairs).size);
      }),
    );
  });

  it('leaves out what is deleted', () => {
    const graph = ring([label], { deletedNodes: bitsetOf(COUNT, [0]), deletedEdges: bitsetOf(COUNT, [20]) });
    expect(summariseGraph(graph, TARGET)).toMatchObject({
      numNodes: 39,
      numEdges: 37,
      numComponents: 2,
      largestComponentRatio: 20 / 39,
      nodeTypes: [{ name: 'node', numNodes: 39 }],
      target: { balance: { counts: [19, 20], numLabelled: 39, numUnlabelled: 0 } },
    });
  });

  it('of nothing is nothing', () => {
    const none = new Int32Array(0);
    const empty = buildGraph({
      name: 'g',
      nodeTables: [],
      nodeIds: utf8Table([]),
      edgeTypes: [],
      source: none,
      target: none,
      edgeType: null,
      edgeColumns: [],
    });
    expect(summariseGraph(empty)).toMatchObject({
      numNodes: 0,
      numComponents: 0,
      largestComponentRatio: 0,
      density: 0,
      warnings: [],
    });
  });
});

describe('target', () => {
  it('has balance and homophily', () => {
    const half = category('label', ['a', 'b'], (row) => (row < 20 ? 0 : 1));
    const { target, warnings } = summariseGraph(ring([half]), TARGET);
    expect(target).toMatchObject({ balance: { counts: [20, 20], majorityRatio: 0.5, evenness: 1 } });
    expect(target?.homophily).toEqual({ edgeHomophilyRatio: 38 / 40, numEdgesCounted: 40 });
    expect(warnings).toEqual([]);
  });

  it('that is a number has neither', () => {
    const graph = ring([numbers('label', (row) => row / 3)]);
    expect(summariseGraph(graph, TARGET).target).toEqual({ ...TARGET, balance: null, homophily: null });
  });

  it('that does not exist is refused', () => {
    expect(() => summariseGraph(ring([]), TARGET)).toThrow(InvalidGraphError);
  });
});

describe('warnings about columns', () => {
  it('a column that determines the target, exactly or nearly, coarser or finer', () => {
    const columns = [
      label,
      category('copy', ['x', 'y'], (row) => 1 - (row % 2)),
      numbers('finer', (row) => (row % 2) + 2 * (row % 3)),
      category('unrelated', ['x', 'y'], (row) => (row >> 1) % 2),
    ];
    const leaks = found(ring(columns), 'target-leak');
    expect(leaks.map((warning) => warning.columns)).toEqual([['copy'], ['finer']]);
    expect(leaks[1]).toMatchObject({
      severity: 'severe',
      nodeType: 'node',
      message:
        "'finer' gives the target 'label' away: it removes 100 % of the uncertainty on 40 labelled nodes.",
    });
    const three = category('label', ['a', 'b', 'c', 'd'], (row) => row % 4);
    const coarser = category('kind', ['x', 'y'], (row) => row % 2);
    expect(found(ring([three, coarser]), 'target-leak')[0]?.message).toBe(
      "'kind' follows from the target 'label': the class fixes 100 % of it on 40 labelled nodes.",
    );
  });

  it('forgives a wrong cell or two only in flags named is_', () => {
    const many = 1000;
    const flagWith = (name: string, wrong: number) => {
      const column: Column = {
        kind: 'bool',
        name,
        length: many,
        validity: null,
        values: Uint8Array.from({ length: many }, (_, row) => (row < wrong ? 1 - (row % 2) : row % 2)),
      };
      const classes: Column = {
        kind: 'category',
        name: 'label',
        length: many,
        validity: null,
        codes: Int32Array.from({ length: many }, (_, row) => row % 2),
        dictionary: ['a', 'b'],
      };
      const none = new Int32Array(0);
      const graph = buildGraph({
        name: 'g',
        nodeTables: [{ type: 'node', columns: [classes, column], count: many }],
        nodeIds: utf8Table(Array.from({ length: many }, (_, row) => String(row))),
        edgeTypes: [],
        source: none,
        target: none,
        edgeType: null,
        edgeColumns: [],
      });
      return found(graph, 'target-leak').length;
    };
    expect(flagWith('is_b', 4)).toBe(1);
    expect(flagWith('flag', 4)).toBe(0);
    expect(flagWith('is_b', 100)).toBe(0);
  });

  it('identifiers, constants and columns that are mostly missing', () => {
    const columns: Column[] = [
      label,
      { ...base('name'), kind: 'text', text: utf8Table(rows((row) => `n${row}`)) },
      { ...base('code'), kind: 'i32', values: Int32Array.from(rows((row) => row * 7)) },
      numbers('measured', (row) => row / 7),
      numbers('constant', () => 3),
      { ...numbers('sparse', (row) => row % 5), validity: bitsetOf(COUNT, [1, 2, 3, 4, 5]) },
      category('split', ['train', 'test'], (row) => (row < 39 ? 0 : 1)),
    ];
    const warnings = summariseGraph(ring(columns), TARGET).warnings.map(
      ({ code, columns: [name] }) => `${code} ${name}`,
    );
    expect(warnings).toEqual([
      'mostly-missing-column sparse',
      'identifier-column name',
      'identifier-column code',
      'constant-column constant',
      'low-homophily label',
    ]);
    expect(found(ring(columns), 'mostly-missing-column')[0]?.message).toBe(
      "'sparse' is missing in 35 of 40 rows (87.5 %).",
    );
  });
});

describe('warnings about labels and splits', () => {
  const split = (train: number[], val: number[], test: number[]): NodeSplit => ({
    ...emptyNodeSplit('s', null, COUNT),
    train: bitsetOf(COUNT, train),
    val: bitsetOf(COUNT, val),
    test: bitsetOf(COUNT, test),
  });

  it('tiny and uneven classes, and one class alone', () => {
    const uneven = category('label', ['many', 'few'], (row) => (row < 38 ? 0 : 1));
    expect(found(ring([uneven]), 'tiny-classes')[0]?.message).toBe(
      "1 of 2 classes of 'label' have fewer than 10 labelled nodes: 'few'.",
    );
    expect(found(ring([uneven]), 'imbalanced-classes')[0]?.message).toBe(
      "95 % of the labelled nodes are 'many': always saying so reaches that accuracy.",
    );
    const same = category('label', ['only'], () => 0);
    expect(found(ring([same]), 'single-class')[0]?.severity).toBe('severe');
  });

  it('neighbours that differ more than by chance', () => {
    expect(found(ring([label]), 'low-homophily')[0]?.message).toBe(
      'Only 0 % of 40 edges join nodes of one class, no more than chance (50 %): averaging over neighbours will not help.',
    );
  });

  it('classes in one part only', () => {
    const even = rows((row) => row).filter((row) => row % 2 === 0);
    const outside = found(ring([label]), 'class-outside-train', split(even, [], [1, 2]));
    expect(outside[0]).toMatchObject({ severity: 'severe', columns: ['label'] });
    expect(outside[0]?.message).toContain("'b'");
    const unseen = found(ring([label]), 'class-only-in-train', split([0, 1], [], [2]));
    expect(unseen[0]?.message).toContain("never judged, as they are in the training part only: 'b'.");
    expect(found(ring([label]), 'class-only-in-train', split([0, 1], [], []))).toEqual([]);
  });

  it('test nodes without a neighbour in the training part', () => {
    const lonely = found(ring([label]), 'test-without-train-neighbour', split([0, 1], [], [2, 10, 11]));
    expect(lonely[0]).toMatchObject({
      severity: 'warning',
      message: '2 of 3 test nodes (66.7 %) have no neighbour in the training part.',
    });
    expect(found(ring([label]), 'test-without-train-neighbour', split([0, 1], [], [2]))).toEqual([]);
  });

  it('isolated nodes', () => {
    const cut = ring([label], { deletedEdges: bitsetOf(COUNT, [3, 4]) });
    expect(found(cut, 'isolated-nodes')[0]?.message).toBe(
      '1 of 40 nodes (2.5 %) have no edge: for them the graph says nothing.',
    );
  });
});

describe('sharedInformation', () => {
  it('equals the double sum of its definition', () => {
    const code = fc.integer({ min: -1, max: 3 });
    fc.assert(
      fc.property(fc.array(fc.tuple(code, code), { maxLength: 40 }), (pairs) => {
        const both = pairs.filter(([x, y]) => x >= 0 && y >= 0);
        const share = (test: (pair: [number, number]) => boolean): number =>
          both.filter(test).length / both.length;
        let information = 0;
        let entropy = 0;
        for (let x = 0; x < 4; x++) {
          const px = share((pair) => pair[0] === x);
          if (px > 0) entropy -= px * Math.log(px);
          for (let y = 0; y < 4; y++) {
            const joint = share((pair) => pair[0] === x && pair[1] === y);
            if (joint > 0) information += joint * Math.log(joint / (px * share((pair) => pair[1] === y)));
          }
        }
        const result = sharedInformation(
          Int32Array.from(pairs, (pair) => pair[0]),
          Int32Array.from(pairs, (pair) => pair[1]),
        );
        expect(result.numRows).toBe(both.length);
        expect(result.firstKnownRatio).toBeCloseTo(entropy > 0 ? information / entropy : 0, 9);
      }),
    );
  });

  const GOLDEN = resolve(process.cwd(), '../shared/golden/metrics.json');
  it.skipIf(!existsSync(GOLDEN))('is the normalised mutual information of scikit-learn', () => {
    const { cases } = JSON.parse(readFileSync(GOLDEN, 'utf8')) as {
      cases: { name: string; a: number[]; b: number[]; normalizedMutualInformation: number }[];
    };
    const golden = cases.find((item) => item.name === 'agreement');
    if (golden === undefined) throw new Error('the golden file has no case named agreement');
    const { normalised } = sharedInformation(Int32Array.from(golden.a), Int32Array.from(golden.b));
    expect(normalised).toBeCloseTo(golden.normalizedMutualInformation, 12);
  });
});
