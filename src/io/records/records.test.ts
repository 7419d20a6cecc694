/** Records become a graph: types, columns, policies, roles, previews; the contract every record format leans on. */
import { describe, expect, it } from 'vitest';
import { cellText, findColumn } from '../../core/columns.ts';
import { DEFAULT_IMPORT_LIMITS, DEFAULT_IMPORT_OPTIONS, type ImportOptions } from '../importTypes.ts';
import { memorySource } from '../fileSource.ts';
import { cellsOf, edgesOf, failureOf, nodeIdsOf } from '../testFiles.ts';
import { recordFormat } from './recordFormat.ts';
import type { DeclaredKind, RecordSink } from './recordTypes.ts';

const FILE = { source: memorySource('graph.test', 'x'), head: Uint8Array.of(120) };
const CONTEXT = { limits: DEFAULT_IMPORT_LIMITS };

/** A format whose "file" is the calls themselves. */
const formatOf = (write: (sink: RecordSink) => void, undeclared: DeclaredKind = 'values') =>
  recordFormat({
    id: 'test',
    name: 'Test',
    summary: 'Calls of a test.',
    extensions: ['test'],
    source: '',
    undeclared,
    dialect: () => 'calls',
    recognise: () => 1,
    read: (_file, sink) => {
      write(sink);
      return Promise.resolve();
    },
  });

const readAll = async (
  write: (sink: RecordSink) => void,
  options: Partial<ImportOptions> = {},
  undeclared: DeclaredKind = 'values',
) => formatOf(write, undeclared).read([FILE], { ...DEFAULT_IMPORT_OPTIONS, ...options }, CONTEXT);

const nodeColumns = (result: Awaited<ReturnType<typeof readAll>>, type = 0) =>
  result.graph.nodeTypes[type]?.columns ?? [];

describe('records', () => {
  it('become nodes, edges and typed columns; absent values are missing', async () => {
    const result = await readAll((sink) => {
      sink.node({
        id: 'a',
        attributes: [
          ['age', 3],
          ['name', 'NA'],
          ['seen', '2024-01-02'],
        ],
      });
      sink.node({
        id: 'b',
        attributes: [
          ['name', '7'],
          ['v', [1, 2.5]],
        ],
      });
      sink.edge({ source: 'a', target: 'b', attributes: [['weight', 0.5]] });
    });
    expect(nodeIdsOf(result.graph)).toEqual(['a', 'b']);
    expect(edgesOf(result.graph)).toEqual(['a edge b']);
    expect(cellsOf(nodeColumns(result), 'age')).toEqual({ kind: 'i32', cells: ['3', ''] });
    expect(cellsOf(nodeColumns(result), 'name')).toEqual({ kind: 'text', cells: ['NA', '7'] });
    expect(cellsOf(nodeColumns(result), 'seen')?.kind).toBe('date');
    const vector = findColumn(nodeColumns(result), 'v');
    expect(vector?.kind === 'vector' ? [...vector.values] : null).toEqual([0, 0, 1, 2.5]);
    expect(vector === undefined ? '' : cellText(vector, 0)).toBe('');
    expect(cellsOf(result.graph.edgeColumns, 'weight')).toEqual({ kind: 'f32', cells: ['0.5'] });
    expect(result.report.summary).toBe('2 nodes · 1 edge · 2 dense features');
  });

  it('read words as table cells do, and declared text as it stands', async () => {
    const result = await readAll(
      (sink) => {
        sink.declare('nodes', 'code', 'text');
        sink.node({
          id: 'a',
          attributes: [
            ['age', '3'],
            ['code', '007'],
          ],
        });
        sink.node({
          id: 'b',
          attributes: [
            ['age', 'NA'],
            ['code', ''],
          ],
        });
      },
      {},
      'words',
    );
    expect(cellsOf(nodeColumns(result), 'age')).toEqual({ kind: 'i32', cells: ['3', ''] });
    const code = findColumn(nodeColumns(result), 'code');
    expect(code).toMatchObject({ kind: 'text', validity: null });
    expect(cellsOf(nodeColumns(result), 'code')?.cells).toEqual(['007', '']);
  });

  it('take the fallback of a declared attribute where a record has none', async () => {
    const result = await readAll((sink) => {
      sink.declare('nodes', 'colour', 'text', 'yellow');
      sink.node({ id: 'a', attributes: [['colour', 'red']] });
      sink.node({ id: 'b' });
    });
    expect(cellsOf(nodeColumns(result), 'colour')?.cells).toEqual(['red', 'yellow']);
  });

  it('may name nodes in edges before they are declared', async () => {
    const result = await readAll((sink) => {
      sink.edge({ source: 'b', target: 'a' });
      sink.node({ id: 'a' });
      sink.node({ id: 'b' });
    });
    expect(nodeIdsOf(result.graph)).toEqual(['a', 'b']);
    expect(result.report.notices).toEqual([]);
  });

  it('keep node types apart, with their own columns and ids', async () => {
    const result = await readAll((sink) => {
      sink.node({ id: '1', type: 'user', attributes: [['age', 4]] });
      sink.node({ id: '1', type: 'item', attributes: [['price', 2]] });
      sink.node({ id: '2', type: 'user' });
      sink.edge({
        source: '2',
        sourceType: 'user',
        target: '1',
        targetType: 'item',
        relation: 'buys',
        directed: true,
      });
      sink.edge({
        source: '1',
        sourceType: 'user',
        target: '2',
        targetType: 'user',
        relation: 'knows',
        directed: false,
      });
    });
    expect(
      result.graph.nodeTypes.map(({ name, columns }) => [name, columns.map((column) => column.name)]),
    ).toEqual([
      ['user', ['age']],
      ['item', ['price']],
    ]);
    expect(nodeIdsOf(result.graph)).toEqual(['1', '2', '1']);
    expect(edgesOf(result.graph)).toEqual(['2 buys 1', '1 knows 2']);
    expect([...result.graph.edgeTypes.directed]).toEqual([1, 0]);
    expect([...result.graph.target]).toEqual([2, 1]);
  });

  it('split edges of one relation by direction, and follow the default', async () => {
    const write = (sink: RecordSink): void => {
      sink.setDirected(true);
      sink.edge({ source: 'a', target: 'b' });
      sink.edge({ source: 'b', target: 'c', directed: false });
    };
    const mixed = await readAll(write);
    expect([...mixed.graph.edgeTypes.directed]).toEqual([1, 0]);
    const forced = await readAll(write, { direction: 'undirected' });
    expect([...forced.graph.edgeTypes.directed].every((flag) => flag === 0)).toBe(true);
  });

  it('add nodes that only edges name, or drop those edges with their attributes', async () => {
    const write = (sink: RecordSink): void => {
      sink.node({ id: 'a' });
      sink.edge({ source: 'a', target: 'x', line: 3, attributes: [['w', 1]] });
      sink.edge({ source: 'a', target: 'a', line: 4, attributes: [['w', 2]] });
    };
    const added = await readAll(write);
    expect(nodeIdsOf(added.graph)).toEqual(['a', 'x']);
    expect(added.report.notices[0]).toMatchObject({ code: 'unknown-node-added', count: 1 });
    const dropped = await readAll(write, { missingNodes: 'drop' });
    expect(edgesOf(dropped.graph)).toEqual(['a edge a']);
    expect(cellsOf(dropped.graph.edgeColumns, 'w')?.cells).toEqual(['2']);
    expect(dropped.report.notices[0]).toMatchObject({
      code: 'unknown-node-dropped',
      message: 'graph.test: 1 edge dropped because an end is no declared node.',
      examples: [{ line: 3, text: "unknown node 'x'" }],
    });
  });

  it('keep the first of a repeated node and say so', async () => {
    const result = await readAll((sink) => {
      sink.node({ id: 'a', line: 1, attributes: [['x', 1]] });
      sink.node({ id: 'a', line: 2, attributes: [['x', 2]] });
    });
    expect(cellsOf(nodeColumns(result), 'x')?.cells).toEqual(['1']);
    expect(result.report.notices[0]).toMatchObject({ code: 'repeated-node', examples: [{ line: 2 }] });
  });

  it('are safe with names that mean something to objects', async () => {
    const result = await readAll((sink) => {
      sink.node({
        id: '__proto__',
        attributes: [
          ['__proto__', 'x'],
          ['constructor', 1],
        ],
      });
      sink.edge({ source: '__proto__', target: 'toString', attributes: [['hasOwnProperty', true]] });
    });
    expect(nodeIdsOf(result.graph)).toEqual(['__proto__', 'toString']);
    expect(nodeColumns(result).map((column) => column.name)).toEqual(['__proto__', 'constructor']);
  });

  it('take the ids a person knows where every node has its own', async () => {
    const write = (last: string) => (sink: RecordSink) => {
      sink.preferIds('label');
      sink.edge({ source: '2', target: '1' });
      sink.node({ id: '1', attributes: [['label', 'ann']] });
      sink.node({ id: '2', attributes: [['label', last]] });
    };
    const named = await readAll(write('bob'));
    expect(edgesOf(named.graph)).toEqual(['bob edge ann']);
    expect(nodeColumns(named)).toEqual([]);
    const twice = await readAll(write('ann'));
    expect(nodeIdsOf(twice.graph)).toEqual(['1', '2']);
    expect(cellsOf(nodeColumns(twice), 'label')?.cells).toEqual(['ann', 'ann']);
  });

  it('lose the node type before their ids where all have one', async () => {
    const { graph } = await readAll((sink) => {
      sink.node({ id: 'user:1', type: 'user' });
      sink.node({ id: 'item:1', type: 'item' });
      sink.edge({ source: 'user:1', target: 'item:1' });
    });
    expect(nodeIdsOf(graph)).toEqual(['1', '1']);
    expect(edgesOf(graph)).toEqual(['1 edge 1']);
  });

  it('store numbers as wide as a file declares them', async () => {
    const result = await readAll((sink) => {
      sink.declare('nodes', 'double', 'f64');
      sink.declare('nodes', 'single', 'f32');
      sink.declare('nodes', 'is_whole', 'integer');
      sink.node({
        id: 'a',
        attributes: [
          ['double', '1'],
          ['single', '0.123456789'],
          ['is_whole', '1'],
        ],
      });
    });
    expect(nodeColumns(result).map(({ name, kind }) => [name, kind])).toEqual([
      ['double', 'f64'],
      ['single', 'f32'],
      ['is_whole', 'i32'],
    ]);
  });

  it('may have ids with zero characters', async () => {
    const result = await readAll((sink) => {
      for (const id of ['\0', 'a\0b', 'b']) sink.node({ id });
      sink.edge({ source: '\0', target: 'a\0b' });
      sink.edge({ source: 'b', target: 'a\0b', targetType: 'node' });
    });
    expect(nodeIdsOf(result.graph)).toEqual(['\0', 'a\0b', 'b']);
    expect([...result.graph.source, ...result.graph.target]).toEqual([0, 2, 1, 1]);
  });

  it('follow roles: a column names the type, the relation, the label, or is left out', async () => {
    const write = (sink: RecordSink): void => {
      sink.node({
        id: 'a',
        attributes: [
          ['kind', 'user'],
          ['gone', 1],
          ['club', '1'],
        ],
      });
      sink.node({
        id: 'b',
        attributes: [
          ['kind', 'item'],
          ['gone', 2],
        ],
      });
      sink.edge({ source: 'a', target: 'b', attributes: [['verb', 'buys']] });
    };
    const result = await readAll(write, {
      roles: {
        'graph.test: nodes': { kind: 'node-type', gone: 'ignore', club: 'label' },
        'graph.test: edges': { verb: 'relation' },
      },
    });
    expect(result.graph.nodeTypes.map((type) => type.name)).toEqual(['user', 'item']);
    expect(edgesOf(result.graph)).toEqual(['a buys b']);
    expect(nodeColumns(result).map((column) => [column.name, column.kind])).toEqual([['club', 'category']]);
    expect(result.hints.target).toBe('club');
  });

  it('are previewed from their beginning', async () => {
    let written = 0;
    const preview = await formatOf((sink) => {
      for (let node = 0; node < 50; node++)
        sink.node({
          id: `n${node}`,
          attributes: [
            ['split', 'train'],
            ['x', node],
          ],
        });
      for (;;) {
        sink.edge({ source: `n${written}`, target: 'n0', attributes: [['weight', written]] });
        written++;
      }
    }).preview([FILE], CONTEXT);
    expect(written).toBeLessThan(1000);
    expect(preview.tables.map(({ path, role, columns }) => ({ path, role, columns }))).toEqual([
      {
        path: 'graph.test: nodes',
        role: 'nodes',
        columns: [
          { name: 'id', role: 'node-id', kind: 'text', isFixed: true },
          { name: 'split', role: 'split', kind: 'category' },
          { name: 'x', role: 'attribute', kind: 'i32' },
        ],
      },
      {
        path: 'graph.test: edges',
        role: 'edges',
        columns: [
          { name: 'source', role: 'source', kind: 'text', isFixed: true },
          { name: 'target', role: 'target', kind: 'text', isFixed: true },
          { name: 'weight', role: 'weight', kind: 'i32' },
        ],
      },
    ]);
    expect(preview.tables[0]?.sampleRows[1]).toEqual(['n1', 'train', '1']);
  });

  it('stop at the limits', async () => {
    const limits = { ...DEFAULT_IMPORT_LIMITS, maxEdges: 2, maxColumns: 2 };
    const edges = formatOf((sink) => {
      for (let edge = 0; edge < 5; edge++) sink.edge({ source: 'a', target: 'b' });
    }).read([FILE], DEFAULT_IMPORT_OPTIONS, { limits });
    expect(await failureOf(edges)).toMatchObject({ code: 'too-many-edges' });
    const columns = formatOf((sink) => {
      for (let node = 0; node < 5; node++) sink.node({ id: `${node}`, attributes: [[`c${node}`, 1]] });
    }).read([FILE], DEFAULT_IMPORT_OPTIONS, { limits });
    expect(await failureOf(columns)).toMatchObject({ code: 'too-many-columns' });
  });
});

describe('edge policies', () => {
  const write = (sink: RecordSink): void => {
    sink.edge({
      source: 'a',
      target: 'b',
      attributes: [
        ['weight', 1],
        ['note', 'first'],
      ],
    });
    sink.edge({
      source: 'b',
      target: 'a',
      attributes: [
        ['weight', 2],
        ['note', 'again'],
      ],
    });
    sink.edge({ source: 'a', target: 'a' });
    sink.edge({ source: 'a', target: 'b' });
  };

  it('keep everything and count it', async () => {
    const { graph, report } = await readAll(write);
    expect(graph.source).toHaveLength(4);
    expect(report.notices.map(({ code, count, severity }) => [code, count, severity])).toEqual([
      ['duplicate-edges', 2, 'info'],
      ['self-loops', 1, 'info'],
    ]);
  });

  it('keep the first, drop self-loops', async () => {
    const { graph, report } = await readAll(write, { duplicateEdges: 'keep-first', selfLoops: 'drop' });
    expect(edgesOf(graph)).toEqual(['a edge b']);
    expect(cellsOf(graph.edgeColumns, 'note')?.cells).toEqual(['first']);
    expect(report.notices.every((notice) => notice.severity === 'warning')).toBe(true);
  });

  it('sum the weights of repeated edges; an edge without one counts nothing', async () => {
    const { graph } = await readAll(write, { duplicateEdges: 'sum-weights' });
    expect(edgesOf(graph)).toEqual(['a edge b', 'a edge a']);
    expect(cellsOf(graph.edgeColumns, 'weight')?.cells).toEqual(['3', '0']);
  });

  it('weigh by how often an edge occurs where there is no weight', async () => {
    const { graph } = await readAll(
      (sink) => {
        for (const target of ['b', 'c', 'b', 'b']) sink.edge({ source: 'a', target });
      },
      { duplicateEdges: 'sum-weights' },
    );
    expect(cellsOf(graph.edgeColumns, 'weight')).toEqual({ kind: 'f64', cells: ['3', '1'] });
  });

  it('tell directed edges apart that run both ways', async () => {
    const { graph } = await readAll(write, { duplicateEdges: 'keep-first', direction: 'directed' });
    expect(edgesOf(graph)).toEqual(['a edge b', 'b edge a', 'a edge a']);
  });
});
