import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitsetIndices, bitsetOf } from './bitset.ts';
import { cellText, type Column, findColumn } from './columns.ts';
import { type Graph, edgeTypeOf, nodeId, nodeTypeOf, numEdges, numNodes } from './graph.ts';
import { buildGraph, hashGraph } from './graphBuilder.ts';
import { joinGraphs } from './joinGraphs.ts';
import { belongsTogether, DEFAULT_JOIN_OPTIONS, describeMatch, type JoinOptions } from './matchGraphs.ts';
import { createWordWriter } from './schema/columnWriters.ts';
import { newVersion } from './schema/graphTables.ts';
import { utf8Table } from './utf8Table.ts';

type Cells = Readonly<Record<string, readonly (string | number | null)[]>>;

function columnOf(name: string, cells: readonly (string | number | null)[]): Column {
  if (cells.every((cell) => typeof cell === 'number')) {
    return { kind: 'f64', name, length: cells.length, validity: null, values: Float64Array.from(cells) };
  }
  const writer = createWordWriter(name, cells.length);
  cells.forEach((cell, row) => cell !== null && writer.set(row, String(cell)));
  return writer.finish('category');
}
const columnsOf = (cells: Cells): Column[] => Object.entries(cells).map(([name, own]) => columnOf(name, own));

interface Table {
  readonly type: string;
  readonly ids: readonly string[];
  readonly cells?: Cells;
}
interface EdgeRow {
  readonly relation?: string;
  readonly ends: readonly [string, string];
}

/** Edge ends are `id`, or `type:id` where there are several types. */
function graphOf(tables: readonly Table[], edges: readonly EdgeRow[] = [], edgeCells: Cells = {}): Graph {
  const places = new Map<string, readonly [node: number, type: number]>();
  let node = 0;
  tables.forEach(({ type, ids }, at) => {
    for (const id of ids) places.set(tables.length === 1 ? id : `${type}:${id}`, [node++, at]);
  });
  const place = (end: string) => places.get(end) as readonly [number, number];
  const keys = edges.map(({ relation = '', ends }) =>
    JSON.stringify([relation, place(ends[0])[1], place(ends[1])[1]]),
  );
  const types = [...new Set(keys)];
  return buildGraph({
    name: 'open',
    nodeTables: tables.map(({ type, ids, cells = {} }) => ({
      type,
      count: ids.length,
      columns: columnsOf(cells),
    })),
    nodeIds: utf8Table(tables.flatMap(({ ids }) => ids)),
    edgeTypes: types.map((key) => {
      const [relation, sourceType, targetType] = JSON.parse(key) as [string, number, number];
      return { relation, sourceType, targetType, directed: false };
    }),
    source: Int32Array.from(edges, ({ ends }) => place(ends[0])[0]),
    target: Int32Array.from(edges, ({ ends }) => place(ends[1])[0]),
    edgeType: Int32Array.from(keys, (key) => types.indexOf(key)),
    edgeColumns: columnsOf(edgeCells),
  });
}

const join = (graph: Graph, incoming: Graph, options: Partial<JoinOptions> = {}) =>
  joinGraphs(graph, incoming, { ...DEFAULT_JOIN_OPTIONS, ...options });

function cellsOf(graph: Graph, type: number, name: string): string[] {
  const column = findColumn(graph.nodeTypes[type]?.columns ?? [], name);
  return column === undefined ? [] : Array.from({ length: column.length }, (_, row) => cellText(column, row));
}

/** Edges as words, in order: 'relation source target'. */
const edgeWords = (graph: Graph): string[] =>
  Array.from({ length: numEdges(graph) }, (_, edge) =>
    [
      graph.edgeTypes.relation[edgeTypeOf(graph, edge)],
      nodeId(graph, graph.source[edge] as number),
      nodeId(graph, graph.target[edge] as number),
    ].join(' '),
  );

const line = graphOf([{ type: 'node', ids: ['a', 'b', 'c'] }], [{ ends: ['a', 'b'] }, { ends: ['b', 'c'] }]);

describe('joining a table of nodes', () => {
  const labels = graphOf([
    { type: 'people', ids: ['c', 'a', 'x'], cells: { label: ['one', 'two', 'three'] } },
  ]);

  it('hangs its columns on the nodes of the same id and leaves the others out', () => {
    const { graph, nodeMap, counts } = join(line, labels);
    expect(cellsOf(graph, 0, 'label')).toEqual(['two', '', 'one']);
    expect(numNodes(graph)).toBe(3);
    expect(nodeMap).toBeNull();
    expect(counts).toEqual({
      nodesMatched: 2,
      nodesAdded: 0,
      nodesIgnored: 1,
      edgesAdded: 0,
      edgesIgnored: 0,
      columnsAdded: ['label'],
      columnsReplaced: [],
    });
  });

  it('adds unknown nodes when asked, at the end of their type', () => {
    const { graph } = join(line, labels, { newNodes: 'add' });
    expect([0, 1, 2, 3].map((node) => nodeId(graph, node))).toEqual(['a', 'b', 'c', 'x']);
    expect(cellsOf(graph, 0, 'label')).toEqual(['two', '', 'one', 'three']);
    expect(edgeWords(graph)).toEqual(edgeWords(line));
  });

  it('shares what does not change and is a new version', () => {
    const { graph } = join(line, labels);
    expect(graph.nodeIds).toBe(line.nodeIds);
    expect(graph.version).toBe(hashGraph(graph));
    expect(graph.version).not.toBe(line.version);
  });
});

describe('columns of one name', () => {
  const open = graphOf([
    { type: '', ids: ['a', 'b', 'c'], cells: { size: [1, 2, 3], word: ['p', 'q', 'p'] } },
  ]);
  const incoming = graphOf([{ type: '', ids: ['b', 'c'], cells: { size: [20, 30], word: [null, 'new'] } }]);

  it('take the incoming values where there are any', () => {
    const { graph, counts } = join(open, incoming);
    expect(cellsOf(graph, 0, 'size')).toEqual(['1', '20', '30']);
    expect(cellsOf(graph, 0, 'word')).toEqual(['p', 'q', 'new']);
    expect(counts.columnsReplaced).toEqual(['size', 'word']);
  });

  it('are both kept when asked', () => {
    const { graph, counts } = join(open, incoming, { sameName: 'keep-both' });
    expect(cellsOf(graph, 0, 'size')).toEqual(['1', '2', '3']);
    expect(cellsOf(graph, 0, 'size 2')).toEqual(['', '20', '30']);
    expect(counts.columnsAdded).toEqual(['size 2', 'word 2']);
  });

  it('are brought to one kind, or both kept when there is none', () => {
    const words = graphOf([{ type: '', ids: ['b'], cells: { size: ['large'] } }]);
    expect(cellsOf(join(open, words).graph, 0, 'size')).toEqual(['1', 'large', '3']);
    const base = { length: 1, validity: null, name: 'size' };
    const vector: Column = { ...base, kind: 'vector', width: 2, values: Float32Array.of(1, 2) };
    const vectors = buildGraph({
      name: '',
      nodeTables: [{ type: '', count: 1, columns: [vector] }],
      nodeIds: utf8Table(['b']),
      edgeTypes: [],
      source: new Int32Array(0),
      target: new Int32Array(0),
      edgeType: null,
      edgeColumns: [],
    });
    expect(join(open, vectors).counts.columnsAdded).toEqual(['size 2']);
  });
});

describe('joining edges', () => {
  it('appends them, with new nodes, to the relation between the same types', () => {
    const more = graphOf([{ type: 'n', ids: ['c', 'd'] }], [{ ends: ['c', 'd'] }], { weight: [5] });
    const open = graphOf(
      [{ type: 'node', ids: ['a', 'b', 'c'] }],
      [{ ends: ['a', 'b'] }, { ends: ['b', 'c'] }],
      { kind: ['x', 'y'] },
    );
    const { graph, counts } = join(open, more);
    expect(edgeWords(graph)).toEqual([' a b', ' b c', ' c d']);
    expect(graph.edgeColumns.map((column) => [0, 1, 2].map((row) => cellText(column, row)))).toEqual([
      ['x', 'y', ''],
      ['', '', '5'],
    ]);
    expect(counts).toMatchObject({ nodesAdded: 1, edgesAdded: 1, edgesIgnored: 0 });
  });

  it('leaves out edges whose ends are left out', () => {
    const more = graphOf([{ type: 'n', ids: ['a', 'c', 'd'] }], [{ ends: ['c', 'd'] }, { ends: ['c', 'a'] }]);
    const { graph, counts } = join(line, more, { newNodes: 'ignore' });
    expect(edgeWords(graph)).toEqual([' a b', ' b c', ' c a']);
    expect(counts).toMatchObject({ nodesIgnored: 1, edgesAdded: 1, edgesIgnored: 1 });
  });

  it('brings new relations and node types, and moves the nodes of later types', () => {
    const open = graphOf(
      [
        { type: 'user', ids: ['1', '2'] },
        { type: 'film', ids: ['1', '2'], cells: { year: [1990, 2000] } },
      ],
      [{ relation: 'saw', ends: ['user:1', 'film:2'] }],
    );
    const incoming = graphOf(
      [
        { type: 'film', ids: ['2'], cells: { year: [2001] } },
        { type: 'user', ids: ['3', '1'] },
        { type: 'actor', ids: ['9'] },
      ],
      [
        { relation: 'plays', ends: ['actor:9', 'film:2'] },
        { relation: 'saw', ends: ['user:3', 'film:2'] },
      ],
    );
    const { graph, nodeMap } = join(open, incoming);
    expect(graph.nodeTypes.map((type) => type.name)).toEqual(['user', 'film', 'actor']);
    expect([...(nodeMap ?? [])]).toEqual([0, 1, 3, 4]);
    expect(edgeWords(graph)).toEqual(['saw 1 2', 'saw 3 2', 'plays 9 2']);
    expect(cellsOf(graph, 1, 'year')).toEqual(['1990', '2001']);
  });

  it('finds ends of several types by their ids, unless an id is of two', () => {
    const types = (users: readonly string[], films: readonly string[]) =>
      graphOf(
        [
          { type: 'user', ids: users },
          { type: 'film', ids: films },
        ],
        [{ relation: 'saw', ends: [`user:${users[0] ?? ''}`, `film:${films[0] ?? ''}`] }],
      );
    const more = graphOf(
      [{ type: 'node', ids: ['u1', 'f1', 'f9'] }],
      [
        { relation: 'saw', ends: ['u1', 'f1'] },
        { relation: 'saw', ends: ['u1', 'f9'] },
      ],
    );
    const { graph, counts } = join(types(['u0', 'u1'], ['f0', 'f1']), more);
    expect(counts).toMatchObject({ nodesMatched: 2, nodesAdded: 1, edgesAdded: 2 });
    expect(graph.nodeTypes.map((type) => type.name)).toEqual(['user', 'film', 'node']);
    expect(edgeWords(graph)).toEqual(['saw u0 f0', 'saw u1 f1', 'saw u1 f9']);
    expect([...graph.edgeTypes.targetType]).toEqual([1, 2]);
    const ambiguous = describeMatch(types(['u1', 'f1'], ['f0', 'f1']), more, DEFAULT_JOIN_OPTIONS);
    expect(ambiguous.types[0]).toMatchObject({ graphType: 'user', matched: 2 });
  });

  it('keeps deleted nodes and edges deleted', () => {
    const open = newVersion({ ...line, deletedNodes: bitsetOf(3, [2]), deletedEdges: bitsetOf(2, [1]) });
    const more = graphOf([{ type: 'n', ids: ['a', 'z'] }], [{ ends: ['a', 'z'] }]);
    const { graph } = join(open, more);
    const indices = (set: Graph['deletedNodes']) => (set === null ? null : [...bitsetIndices(set)]);
    expect([indices(graph.deletedNodes), indices(graph.deletedEdges)]).toEqual([[2], [1]]);
    expect(graph.version).toBe(hashGraph(graph));
  });
});

describe('describing the match', () => {
  it('counts and names what meets and what does not, on both sides', () => {
    const table = graphOf([{ type: 'people', ids: ['a', 'b', 'x'], cells: { age: [1, 2, 3] } }]);
    const match = describeMatch(line, table, DEFAULT_JOIN_OPTIONS);
    expect(match).toMatchObject({ rows: 3, matched: 2, edges: 0, addsNodes: false, sameNames: [] });
    expect(match.types[0]).toMatchObject({
      graphType: 'node',
      unmatchedExamples: ['x'],
      graphNodes: 3,
      withoutRow: 1,
      withoutRowExamples: ['c'],
      better: null,
    });
    expect(belongsTogether(match)).toBe(true);
  });

  it('names the column whose values are ids when the ids are not', () => {
    const table = graphOf([
      { type: '', ids: ['1', '2', '3'], cells: { name: ['a', 'c', 'b'], colour: ['red', 'red', 'blue'] } },
    ]);
    const match = describeMatch(line, table, DEFAULT_JOIN_OPTIONS);
    expect(match.types[0]?.better).toEqual({ where: 'incoming nodes', column: 'name', matchedRatio: 1 });
    expect(belongsTogether(match)).toBe(false);
    const named = graphOf([{ type: '', ids: ['7', '8'], cells: { key: ['1', '2'] } }]);
    expect(describeMatch(named, table, DEFAULT_JOIN_OPTIONS).types[0]?.better).toEqual({
      where: 'open graph',
      column: 'key',
      matchedRatio: 1,
    });
  });

  it('finds the type that holds the ids, unless a person names one', () => {
    const open = graphOf([
      { type: 'user', ids: ['u1', 'u2'] },
      { type: 'film', ids: ['f1', 'f2'] },
    ]);
    const table = graphOf([{ type: '', ids: ['f2', 'f1'], cells: { year: [1, 2] } }]);
    const typesOf = (options: Partial<JoinOptions>) =>
      describeMatch(open, table, { ...DEFAULT_JOIN_OPTIONS, ...options }).types.map((type) => type.graphType);
    expect(typesOf({})).toEqual(['film']);
    expect(typesOf({ types: { '': 'user' } })).toEqual(['user']);
    expect(typesOf({ types: { '': null } })).toEqual([null]);
  });
});

it('agrees with joining by maps of words (property)', () => {
  const ids = fc.uniqueArray(fc.constantFrom(...'abcdefghij'.split('')), { minLength: 1 });
  const side = fc.record({ ids, seed: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 12 }) });
  fc.assert(
    fc.property(side, side, fc.boolean(), (left, right, addsNodes) => {
      const make = ({ ids: own, seed }: typeof left, value: string): Graph =>
        graphOf(
          [{ type: '', ids: own, cells: { value: own.map((id) => (id < 'c' ? null : `${value}${id}`)) } }],
          seed.map(([a, b]) => ({
            ends: [own[a % own.length] as string, own[b % own.length] as string] as const,
          })),
        );
      const [open, incoming] = [make(left, 'old '), make(right, 'new ')];
      const { graph } = join(open, incoming, { newNodes: addsNodes ? 'add' : 'ignore' });
      const values = new Map(left.ids.map((id) => [id, id < 'c' ? '' : `old ${id}`]));
      for (const id of right.ids) {
        if (!values.has(id) && !addsNodes) continue;
        values.set(id, id < 'c' ? '' : `new ${id}`);
      }
      const words = [...edgeWords(open), ...edgeWords(incoming)].filter((edge) =>
        edge
          .trim()
          .split(' ')
          .every((id) => values.has(id)),
      );
      expect(Array.from({ length: numNodes(graph) }, (_, node) => nodeId(graph, node))).toEqual([
        ...values.keys(),
      ]);
      expect(cellsOf(graph, 0, 'value')).toEqual([...values.values()]);
      expect(edgeWords(graph)).toEqual(words);
      expect(nodeTypeOf(graph, 0)).toBe(0);
    }),
  );
});
