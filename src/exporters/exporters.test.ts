/** Exporters: exact bytes on a small graph, quoting and escaping on any text, and what they refuse. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitsetOf } from '../core/bitset.ts';
import type { Column } from '../core/columns.ts';
import { TaskError } from '../core/errors.ts';
import type { Graph } from '../core/graph.ts';
import { buildGraph, type GraphInput } from '../core/graphBuilder.ts';
import { utf8Table } from '../core/utf8Table.ts';
import type { RunDescription, RunResult } from '../engine/runTypes.ts';
import { createByteWriter } from './byteWriter.ts';
import { float32Text } from './cellValue.ts';
import { createCsvWriter, csvCell } from './csvWriter.ts';
import { exportFileName } from './exportNames.ts';
import type { ExportedFile, ExportInput } from './exporterTypes.ts';
import { EXPORTERS } from './index.ts';
import {
  exportedText,
  parseCsvText,
  parseXml,
  printable,
  wellFormed,
  type XmlNode,
} from './parsersForTests.ts';

const COLUMNS: readonly Column[] = [
  {
    kind: 'category',
    name: 'label',
    length: 3,
    validity: bitsetOf(3, [0, 1]),
    codes: Int32Array.of(0, 1, 0),
    dictionary: ['A', 'B, "b"'],
  },
  { kind: 'f32', name: 'x', length: 3, validity: null, values: Float32Array.of(0.1, -2, 1e30) },
  { kind: 'bool', name: 'flag', length: 3, validity: null, values: Uint8Array.of(1, 0, 1) },
  {
    kind: 'sparse',
    name: 'words',
    length: 3,
    validity: null,
    width: 4,
    rowPtr: Int32Array.of(0, 2, 2, 3),
    colIndex: Int32Array.of(0, 3, 1),
    values: Float32Array.of(1, 0.5, 2),
  },
];

function graphOf(changes: Partial<GraphInput> = {}): Graph {
  return buildGraph({
    name: 'My graph/1',
    nodeTables: [{ type: 'node', columns: COLUMNS, count: 3 }],
    nodeIds: utf8Table(['a', 'b<1>', 'c']),
    edgeTypes: [{ relation: '', sourceType: 0, targetType: 0, directed: false }],
    source: Int32Array.of(0, 1),
    target: Int32Array.of(1, 2),
    edgeType: null,
    edgeColumns: [{ kind: 'i32', name: 'w', length: 2, validity: null, values: Int32Array.of(5, -7) }],
    ...changes,
  });
}

const description = {
  classes: ['A', 'B, "b"'],
  nodeRange: [0, 3],
  modelName: 'GCN',
  config: { model: 'gcn' },
} as unknown as RunDescription;
const result = {
  scores: Float32Array.of(0.75, 0.25, 0.6, 0.4, 0.1, 0.9),
  truth: Int32Array.of(0, 1, -1),
  parts: Uint8Array.of(1, 3, 0),
  embedding: Float32Array.of(0.1, 1, 2, 3, 4, 5),
  embeddingWidth: 2,
} as unknown as RunResult;
const withRun: ExportInput = { graph: graphOf(), run: { description, result } };

const write = async (id: string, input: ExportInput): Promise<ExportedFile> => EXPORTERS.get(id).write(input);
const xmlOf = async (input: ExportInput): Promise<XmlNode> =>
  parseXml(await exportedText('graph-graphml', input));

describe('registry', () => {
  it('keeps its ids, which are written into commands and files', () => {
    expect(EXPORTERS.all.map(({ id, name, needs }) => [id, name, needs])).toEqual([
      ['predictions-csv', 'Predictions (CSV)', 'result'],
      ['embeddings-csv', 'Embeddings (CSV)', 'embedding'],
      ['graph-graphml', 'Graph (GraphML)', 'graph'],
      ['graph-gexf', 'Graph (GEXF)', 'graph'],
      ['graph-gml', 'Graph (GML)', 'graph'],
      ['graph-cx2', 'Graph (CX2)', 'graph'],
      ['graph-cytoscape', 'Graph (Cytoscape.js JSON)', 'graph'],
      ['graph-node-link', 'Graph (node-link JSON)', 'graph'],
      ['nodes-csv', 'Nodes (CSV)', 'graph'],
      ['edges-csv', 'Edges (CSV)', 'graph'],
      ['selection-csv', 'Selection (CSV)', 'selection'],
      ['selection-json', 'Selection (JSON)', 'selection'],
      ['selection-parquet', 'Selection (Parquet)', 'selection'],
      ['tables-csv', 'Tables (CSV, zip)', 'graph'],
      ['tables-parquet', 'Tables (Parquet, zip)', 'graph'],
    ]);
  });

  it.each(EXPORTERS.all.filter(({ needs }) => needs === 'result' || needs === 'embedding'))(
    '$id refuses a graph without a run',
    async (exporter) => {
      const what = exporter.id === 'predictions-csv' ? 'Predictions' : 'Embeddings';
      await expect(write(exporter.id, { graph: graphOf(), run: null })).rejects.toThrow(
        new TaskError(`${what} need a finished run.`, {
          code: 'export-needs-run',
          remedy: 'Train a model first.',
        }),
      );
    },
  );

  it.each(EXPORTERS.all.filter(({ id }) => !id.startsWith('nodes') && !id.startsWith('edges')))(
    '$id refuses a run of a larger graph',
    async (exporter) => {
      const other = { description: { ...description, nodeRange: [0, 4] } as RunDescription, result };
      const rows = { table: 'nodes', indices: Int32Array.of(0) } as const;
      await expect(write(exporter.id, { graph: graphOf(), run: other, rows })).rejects.toThrow(
        new TaskError("The run covers nodes 0 to 4, the graph 'My graph/1' has 3.", {
          code: 'export-other-graph',
          remedy: 'Export while the graph the run was trained on is open.',
          details: { start: 0, end: 4, numNodes: 3, numParts: 3 },
        }),
      );
    },
  );

  it.each(EXPORTERS.all)('$id works on an empty graph', async (exporter) => {
    const graph = graphOf({
      nodeTables: [{ type: 'node', columns: [], count: 0 }],
      nodeIds: utf8Table([]),
      source: new Int32Array(0),
      target: new Int32Array(0),
      edgeColumns: [],
    });
    const empty = {
      ...result,
      scores: new Float32Array(0),
      truth: new Int32Array(0),
      parts: new Uint8Array(0),
      embedding: new Float32Array(0),
    };
    const run = { description: { ...description, nodeRange: [0, 0] } as RunDescription, result: empty };
    const rows = { table: 'nodes', indices: new Int32Array(0) } as const;
    expect((await write(exporter.id, { graph, run, rows })).bytes.length).toBeGreaterThan(0);
  });
});

describe('predictions-csv', () => {
  it('writes one row per node with its probabilities', async () => {
    expect((await write('predictions-csv', withRun)).fileName).toBe('My-graph-1-predictions.csv');
    expect(await exportedText('predictions-csv', withRun)).toBe(
      [
        'id,label,prediction,confidence,split,correct,p_A,"p_B, ""b"""',
        'a,A,A,0.75,train,true,0.75,0.25',
        'b<1>,"B, ""b""",A,0.6,test,false,0.6,0.4',
        'c,,"B, ""b""",0.9,none,,0.1,0.9',
        '',
      ].join('\n'),
    );
  });

  it('covers only the run range and leaves deleted nodes out', async () => {
    const part = {
      ...result,
      scores: result.scores?.slice(2) ?? null,
      truth: Int32Array.of(1, -1),
      parts: Uint8Array.of(3, 0),
    };
    const run = { description: { ...description, nodeRange: [1, 3] } as RunDescription, result: part };
    const graph = { ...graphOf(), deletedNodes: bitsetOf(3, [2]) };
    expect((await exportedText('predictions-csv', { graph, run })).split('\n').slice(1)).toEqual([
      'b<1>,"B, ""b""",A,0.6,test,false,0.6,0.4',
      '',
    ]);
  });
});

describe('predictions-csv of other kinds of results', () => {
  const nothing = { scores: null, truth: null, predictedValues: null, trueValues: null };

  it('writes numbers with their error', async () => {
    const numbers = {
      ...result,
      ...nothing,
      outputKind: 'value',
      predictedValues: Float32Array.of(1.5, 2.25, -3),
      trueValues: Float32Array.of(1, 2.5, Number.NaN),
    } as RunResult;
    const run = { description: { ...description, classes: [] } as RunDescription, result: numbers };
    expect(await exportedText('predictions-csv', { graph: graphOf(), run })).toBe(
      'id,value,prediction,error,split\na,1,1.5,0.5,train\nb<1>,2.5,2.25,-0.25,test\nc,,-3,,none\n',
    );
  });

  it('writes a probability and the truth of every label', async () => {
    const labels = {
      ...result,
      ...nothing,
      outputKind: 'labels',
      scores: Float32Array.of(0.75, 0.25, 0.5, 0.75, 0.125, 0.5),
      trueValues: Float32Array.of(1, 0, 0, 1, Number.NaN, Number.NaN),
    } as RunResult;
    expect(
      await exportedText('predictions-csv', { graph: graphOf(), run: { description, result: labels } }),
    ).toBe(
      [
        'id,split,correct,p_A,true_A,"p_B, ""b""","true_B, ""b"""',
        'a,train,true,0.75,1,0.25,0',
        'b<1>,test,false,0.5,0,0.75,1',
        'c,none,,0.125,,0.5,',
        '',
      ].join('\n'),
    );
  });
});

describe('embeddings-csv', () => {
  it('writes the vectors so that they read back as the same float32', async () => {
    expect(await exportedText('embeddings-csv', withRun)).toBe('id,e0,e1\na,0.1,1\nb<1>,2,3\nc,4,5\n');
  });

  it('says which model has none', async () => {
    const run = { description, result: { ...result, embedding: null } };
    await expect(write('embeddings-csv', { graph: graphOf(), run })).rejects.toThrow(
      new TaskError('The model GCN has no hidden layer to export.', {
        code: 'export-needs-embedding',
        remedy: 'Train a model with a hidden layer, such as GCN.',
        details: { model: 'gcn' },
      }),
    );
  });
});

describe('nodes-csv and edges-csv', () => {
  it('write every column in full', async () => {
    expect(await exportedText('nodes-csv', withRun)).toBe(
      'id,label,x,flag,words\na,A,0.1,true,1:1 4:0.5\nb<1>,"B, ""b""",-2,false,\nc,,1e+30,true,2:2\n',
    );
    expect(await exportedText('edges-csv', withRun)).toBe('source,target,w\na,b<1>,5\nb<1>,c,-7\n');
  });
});

describe('graph-graphml', () => {
  it('declares typed keys and carries every value and the predictions', async () => {
    const root = await xmlOf(withRun);
    const keys = root.children.filter((node) => node.name === 'key').map((node) => node.attributes);
    expect(keys.map((key) => `${key.for}.${key['attr.name']}: ${key['attr.type']}`)).toEqual([
      'node.label: string',
      'node.x: float',
      'node.flag: boolean',
      'node.words: string',
      'node.prediction: string',
      'node.confidence: float',
      'node.run_split: string',
      'edge.w: int',
    ]);
    const names = new Map(keys.map((key) => [key.id, key['attr.name']]));
    const graph = root.children.find((node) => node.name === 'graph') as XmlNode;
    expect(graph.attributes).toEqual({ id: 'My graph/1', edgedefault: 'undirected' });
    const table = graph.children.map((node) => ({
      ...node.attributes,
      ...Object.fromEntries(node.children.map((data) => [names.get(data.attributes.key), data.text])),
    }));
    expect(table).toEqual([
      {
        id: 'a',
        label: 'A',
        x: '0.1',
        flag: 'true',
        words: '1:1 4:0.5',
        prediction: 'A',
        confidence: '0.75',
        run_split: 'train',
      },
      {
        id: 'b<1>',
        label: 'B, "b"',
        x: '-2',
        flag: 'false',
        words: '',
        prediction: 'A',
        confidence: '0.6',
        run_split: 'test',
      },
      {
        id: 'c',
        x: '1e+30',
        flag: 'true',
        words: '2:2',
        prediction: 'B, "b"',
        confidence: '0.9',
        run_split: 'none',
      },
      { source: 'a', target: 'b<1>', w: '5' },
      { source: 'b<1>', target: 'c', w: '-7' },
    ]);
  });

  it('tells direction and relation per edge, and node types by prefix', async () => {
    const graph = graphOf({
      nodeTables: [
        { type: 'paper', columns: [], count: 1 },
        { type: 'author', columns: [], count: 2 },
      ],
      nodeIds: utf8Table(['1', '1', '2']),
      edgeTypes: [
        { relation: 'wrote', sourceType: 1, targetType: 0, directed: true },
        { relation: 'knows', sourceType: 1, targetType: 1, directed: false },
      ],
      source: Int32Array.of(1, 1),
      target: Int32Array.of(0, 2),
      edgeType: Int32Array.of(0, 1),
      edgeColumns: [],
    });
    const body = (await xmlOf({ graph, run: null })).children.find(
      (node) => node.name === 'graph',
    ) as XmlNode;
    expect(body.children.map((node) => [node.attributes, node.children.map((data) => data.text)])).toEqual([
      [{ id: 'paper:1' }, ['paper']],
      [{ id: 'author:1' }, ['author']],
      [{ id: 'author:2' }, ['author']],
      [{ source: 'author:1', target: 'paper:1', directed: 'true' }, ['wrote']],
      [{ source: 'author:1', target: 'author:2' }, ['knows']],
    ]);
  });

  it('renames its own attributes where the data has one of that name', async () => {
    const taken: Column = {
      kind: 'i32',
      name: 'prediction',
      length: 3,
      validity: null,
      values: Int32Array.of(1, 2, 3),
    };
    const graph = graphOf({ nodeTables: [{ type: 'node', columns: [taken], count: 3 }] });
    const names = (await xmlOf({ graph, run: withRun.run })).children
      .filter((node) => node.attributes.for === 'node')
      .map((node) => node.attributes['attr.name']);
    expect(names).toEqual(['prediction', 'prediction_2', 'confidence', 'run_split']);
  });

  it('carries any id and text through XML', async () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (id, cell) => {
        const column: Column = {
          kind: 'text',
          name: 'note',
          length: 2,
          validity: null,
          text: utf8Table([cell, 'x']),
        };
        const graph = graphOf({
          nodeTables: [{ type: 'node', columns: [column], count: 2 }],
          nodeIds: utf8Table([`1${id}`, '2']),
          source: Int32Array.of(0),
          target: Int32Array.of(1),
          edgeColumns: [],
        });
        const body = (await xmlOf({ graph, run: null })).children.find(
          (node) => node.name === 'graph',
        ) as XmlNode;
        expect(body.children[0]?.attributes.id).toBe(`1${printable(wellFormed(id))}`);
        expect(body.children[0]?.children[0]?.text).toBe(printable(wellFormed(cell)));
        expect(body.children[2]?.attributes.source).toBe(`1${printable(wellFormed(id))}`);
      }),
    );
  });
});

describe('csv writer', () => {
  it('round-trips any cells', () => {
    const row = fc.array(fc.string({ unit: 'binary', maxLength: 8 }), { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), (rows) => {
        const csv = createCsvWriter(['p', 'q']);
        for (const cells of rows) csv.row(cells);
        const read = parseCsvText(new TextDecoder('utf-8', { ignoreBOM: true }).decode(csv.finish()));
        expect(read).toEqual([['p', 'q'], ...rows.map((cells) => cells.map((cell) => wellFormed(cell)))]);
      }),
    );
  });

  it('quotes only where it must, and keeps formulas as they are', () => {
    expect(['plain', 'a,b', 'say "x"', 'two\nlines', ' edge', '=1+1'].map(csvCell)).toEqual([
      'plain',
      '"a,b"',
      '"say ""x"""',
      '"two\nlines"',
      '" edge"',
      '=1+1',
    ]);
  });

  it('does not lose a row whose only cell is empty', () => {
    const csv = createCsvWriter(['only']);
    csv.row(['']);
    expect(new TextDecoder().decode(csv.finish())).toBe('only\n""\n');
  });
});

describe('byte writer', () => {
  it('joins pieces of any size, also across chunks and surrogate pairs', () => {
    const long = 'aé€😀'.repeat(60_000);
    const writer = createByteWriter();
    writer.text('start ');
    writer.text(long);
    for (let at = 0; at < 3000; at++) writer.text(`row ${at} `.repeat(20));
    const rest = Array.from({ length: 3000 }, (_, at) => `row ${at} `.repeat(20)).join('');
    expect(new TextDecoder().decode(writer.finish())).toBe(`start ${long}${rest}`);
  });
});

describe('names and numbers', () => {
  it('writes float32 shortest and exactly', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true }), (value) => {
        expect(Math.fround(Number(float32Text(value)))).toBe(value === 0 ? 0 : value);
      }),
    );
    expect(float32Text(Math.fround(0.1))).toBe('0.1');
  });

  it('makes file names that every system accepts', () => {
    const named = (name: string): string => exportFileName({ ...graphOf(), name }, 'x.csv');
    expect([named('Les Misérables'), named('../a:b?'), named('  ')]).toEqual([
      'Les-Misérables-x.csv',
      'a-b-x.csv',
      'graph-x.csv',
    ]);
  });
});
