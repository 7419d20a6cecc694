/** Exports of chosen rows, read back by a strict CSV parser, `JSON.parse` and hyparquet. */
import { unzipSync } from 'fflate';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { bitsetOf } from '../core/bitset.ts';
import { TaskError } from '../core/errors.ts';
import type { Graph } from '../core/graph.ts';
import { buildGraph } from '../core/graphBuilder.ts';
import { utf8Table } from '../core/utf8Table.ts';
import type { ExportedFile, ExportRows } from './exporterTypes.ts';
import { EXPORTERS } from './index.ts';
import { parseCsvText } from './parsersForTests.ts';

const HOSTILE = ['<img src=x onerror=alert(1)>', '=HYPERLINK("http://x","y")', 'plain'];

/** Three papers with hostile titles and a missing year, two authors; edges of two relations with a weight. */
function papers(): Graph {
  return buildGraph({
    name: 'papers',
    nodeTables: [
      {
        type: 'paper',
        count: 3,
        columns: [
          { kind: 'text', name: 'title', length: 3, validity: null, text: utf8Table(HOSTILE) },
          {
            kind: 'i32',
            name: 'year',
            length: 3,
            validity: bitsetOf(3, [0, 2]),
            values: Int32Array.of(1999, 0, 2001),
          },
        ],
      },
      { type: 'author', count: 2, columns: [] },
    ],
    nodeIds: utf8Table(['p0', 'p1', 'p2', 'a0', 'a1']),
    edgeTypes: [
      { relation: 'cites', sourceType: 0, targetType: 0, directed: true },
      { relation: 'wrote', sourceType: 1, targetType: 0, directed: true },
    ],
    source: Int32Array.of(0, 1, 3),
    target: Int32Array.of(1, 2, 2),
    edgeType: Int32Array.of(0, 0, 1),
    edgeColumns: [
      { kind: 'f32', name: 'weight', length: 3, validity: null, values: Float32Array.of(0.5, 1, 2) },
    ],
  });
}

const rowsOf = (table: ExportRows['table'], ...indices: number[]): ExportRows => ({
  table,
  indices: Int32Array.from(indices),
});
const exported = async (kind: string, rows: ExportRows | null, graph = papers()): Promise<ExportedFile> =>
  EXPORTERS.get(`selection-${kind}`).write({ graph, run: null, rows });
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const parquetRows = (bytes: Uint8Array): Promise<Record<string, unknown>[]> =>
  parquetReadObjects({ file: bytes.slice().buffer as ArrayBuffer });

describe('exports of chosen rows', () => {
  it('write the nodes in the order given, text as it is', async () => {
    const rows = rowsOf('nodes', 1, 0);
    const csv = await exported('csv', rows);
    expect(csv.fileName).toBe('papers-selected-nodes.paper.csv');
    expect(parseCsvText(textOf(csv.bytes))).toEqual([
      ['id', 'node_type', 'title', 'year'],
      ['p1', 'paper', HOSTILE[1], ''],
      ['p0', 'paper', HOSTILE[0], '1999'],
    ]);
    const json = await exported('json', rows);
    expect(json.fileName).toBe('papers-selected-nodes.paper.json');
    expect(JSON.parse(textOf(json.bytes))).toEqual([
      { id: 'p1', node_type: 'paper', title: HOSTILE[1] },
      { id: 'p0', node_type: 'paper', title: HOSTILE[0], year: 1999 },
    ]);
    const parquet = await exported('parquet', rows);
    expect(await parquetRows(parquet.bytes)).toEqual([
      { id: 'p1', node_type: 'paper', title: HOSTILE[1], year: null },
      { id: 'p0', node_type: 'paper', title: HOSTILE[0], year: 1999 },
    ]);
  });

  it('write edges by the ids of their ends', async () => {
    const rows = rowsOf('edges', 2, 0);
    const wanted = [
      {
        source: 'a0',
        target: 'p2',
        source_type: 'author',
        target_type: 'paper',
        relation: 'wrote',
        weight: 2,
      },
      {
        source: 'p0',
        target: 'p1',
        source_type: 'paper',
        target_type: 'paper',
        relation: 'cites',
        weight: 0.5,
      },
    ];
    const [header = [], ...cells] = parseCsvText(textOf((await exported('csv', rows)).bytes));
    expect(header).toEqual(Object.keys(wanted[0] as object));
    expect(cells).toEqual(wanted.map((record) => Object.values(record).map(String)));
    expect(JSON.parse(textOf((await exported('json', rows)).bytes))).toEqual(wanted);
    expect(await parquetRows((await exported('parquet', rows)).bytes)).toEqual(wanted);
  });

  it.each(['csv', 'json', 'parquet'])('%s puts nodes of several types into a zip', async (kind) => {
    const { fileName, mimeType, bytes } = await exported(kind, rowsOf('nodes', 4, 2));
    expect([fileName, mimeType]).toEqual([`papers-selected-nodes.${kind}.zip`, 'application/zip']);
    expect(Object.keys(unzipSync(bytes))).toEqual([`nodes.paper.${kind}`, `nodes.author.${kind}`]);
  });

  it('leave out what was deleted', async () => {
    const graph = { ...papers(), deletedNodes: bitsetOf(5, [1]) };
    const lines = async (rows: ExportRows) =>
      parseCsvText(textOf((await exported('csv', rows, graph)).bytes)).map(([first]) => first);
    expect(await lines(rowsOf('nodes', 0, 1, 2))).toEqual(['id', 'p0', 'p2']);
    expect(await lines(rowsOf('edges', 0, 1, 2))).toEqual(['source', 'a0']);
  });

  it.each(['csv', 'json', 'parquet'])('%s refuses when nothing is selected', async (kind) => {
    await expect(exported(kind, null)).rejects.toThrow(
      new TaskError('Nothing is selected to export.', {
        code: 'export-needs-selection',
        remedy: 'Select nodes in a view, or rows in the table.',
      }),
    );
  });
});
