import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Graph } from '../../core/graph.ts';
import { memorySource } from '../fileSource.ts';
import { importFiles, inspectFiles } from '../importer.ts';
import { DEFAULT_IMPORT_LIMITS, DEFAULT_IMPORT_OPTIONS, type ImportOptions } from '../importTypes.ts';
import { cellsOf, edgesOf, failureOf, nodeIdsOf } from '../testFiles.ts';

/** Bytes of a .npy file, version 1.0, as numpy.lib.format describes them. */
function npy(descr: string, shape: readonly number[], data: Uint8Array, isFortran = false): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const dict = `{'descr': '${descr}', 'fortran_order': ${isFortran ? 'True' : 'False'}, 'shape': (${sizes}), }`;
  const header = `${dict.padEnd(118 - 1)}\n`;
  const bytes = new Uint8Array(10 + header.length + data.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 255, header.length >> 8]);
  bytes.set(new TextEncoder().encode(header), 10);
  bytes.set(data, 10 + header.length);
  return bytes;
}

/** Writes numbers one by one: the slow reference of the reader's element types. */
function encode(descr: string, values: readonly number[]): Uint8Array {
  const size = Number(descr.slice(2));
  const little = descr[0] !== '>';
  const view = new DataView(new ArrayBuffer(size * values.length));
  values.forEach((value, at) => {
    const offset = at * size;
    if (descr[1] === 'f') {
      if (size === 4) view.setFloat32(offset, value, little);
      else view.setFloat64(offset, value, little);
    } else if (size === 8) view.setBigInt64(offset, BigInt(value), little);
    else if (size === 4) view.setInt32(offset, value, little);
    else if (size === 2) view.setInt16(offset, value, little);
    else view.setInt8(offset, value);
  });
  return new Uint8Array(view.buffer);
}

const array = (
  descr: string,
  shape: readonly number[],
  values: readonly number[],
  isFortran = false,
): Uint8Array => npy(descr, shape, encode(descr, values), isFortran);
const f4 = (shape: readonly number[], values: readonly number[]): Uint8Array => array('<f4', shape, values);
const i8 = (shape: readonly number[], values: readonly number[]): Uint8Array => array('<i8', shape, values);
const text = (words: readonly string[]): Uint8Array => {
  const size = Math.max(...words.map((word) => word.length));
  const data = new Int32Array(
    words.flatMap((word) => Array.from({ length: size }, (_, at) => word.codePointAt(at) ?? 0)),
  );
  return npy(`<U${size}`, [words.length], new Uint8Array(data.buffer));
};
const bytesText = (word: string): Uint8Array => npy(`|S${word.length}`, [], new TextEncoder().encode(word));

const npz = (arrays: Readonly<Record<string, Uint8Array>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(arrays).map(([name, bytes]) => [`${name}.npy`, bytes])));

const read = (name: string, bytes: Uint8Array, options: Partial<ImportOptions> = {}) =>
  importFiles([memorySource(name, bytes)], { ...DEFAULT_IMPORT_OPTIONS, ...options });

const nodeColumns = (graph: Graph) => graph.nodeTypes[0]?.columns ?? [];

describe('a .npy file', () => {
  it.each([
    '<f4',
    '<f8',
    '>f4',
    '>f8',
    '|i1',
    '<i2',
    '>i2',
    '<i4',
    '>i4',
    '<i8',
    '>i8',
    '|u1',
    '<u2',
    '<u4',
    '<u8',
  ])('of %s is a table of vectors', async (descr) => {
    const { graph, report } = await read('emb.npy', array(descr, [1, 6], [1, 2, 3, 100, 5, 6]));
    expect(nodeIdsOf(graph)).toEqual(['0']);
    expect(nodeColumns(graph)).toMatchObject([
      { kind: 'vector', name: 'emb', width: 6, values: Float32Array.of(1, 2, 3, 100, 5, 6) },
    ]);
    expect(report.summary).toBe('1 node · 0 edges · 6 dense features');
  });

  it('in column order is turned', async () => {
    const { graph } = await read(
      'x.npy',
      array('<f8', [3, 4], [1, 5, 9, 2, 6, 10, 3, 7, 11, 4, 8, 12], true),
    );
    expect(nodeColumns(graph)[0]).toMatchObject({
      name: 'features',
      values: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
    });
  });

  it('keeps 64-bit integers exact up to 2^53, and NaN as missing', async () => {
    const large = await read('time.npy', i8([3], [2 ** 53 - 1, -(2 ** 40), 7]));
    expect(cellsOf(nodeColumns(large.graph), 'time')).toEqual({
      kind: 'f64',
      cells: ['9007199254740991', '-1099511627776', '7'],
    });
    const missing = await read('x.npy', f4([2, 2], [1, Number.NaN, 3, 4]));
    expect(missing.report.notices[0]).toMatchObject({ code: 'not-finite', count: 1 });
    expect(cellsOf(nodeColumns(missing.graph), 'features')?.cells).toEqual(['', '2 values']);
  });

  it('of whole pairs is an edge index or a list of edges', async () => {
    const index = await read('e.npy', i8([2, 3], [0, 1, 4, 1, 2, 0]));
    expect(edgesOf(index.graph)).toEqual(['0 edge 1', '1 edge 2', '4 edge 0']);
    expect([index.graph.nodeIds.length, index.graph.edgeTypes.directed[0]]).toEqual([5, 1]);
    const list = await read('e.npy', array('<i4', [3, 2], [0, 1, 1, 2, 4, 0]));
    expect(edgesOf(list.graph)).toEqual(edgesOf(index.graph));
    expect(list.graph.edgeTypes.directed[0]).toBe(0);
  });

  it('that is square is an adjacency matrix', async () => {
    const { graph } = await read('a.npy', f4([3, 3], [0, 2, 0, 2, 0, 0.5, 0, 0.5, 1]));
    expect(edgesOf(graph)).toEqual(['0 edge 1', '1 edge 2', '2 edge 2']);
    expect(graph.edgeTypes.directed[0]).toBe(0);
    expect(cellsOf(graph.edgeColumns, 'weight')?.cells).toEqual(['2', '0.5', '1']);
    const directed = await read('a.npy', f4([3, 3], [0, 2, 0, 0, 0, 0, 0, 0, 0]));
    expect([edgesOf(directed.graph), directed.graph.edgeTypes.directed[0]]).toEqual([['0 edge 1'], 1]);
  });

  it.each([
    [
      npy('|O', [2], new Uint8Array(4)),
      'npy-header',
      'it holds Python objects (a pickle), which are not opened',
    ],
    [
      npy('<f2', [2], new Uint8Array(4)),
      'npy-header',
      "its elements are of the type 'f2', which is not read",
    ],
    [
      npy('<c16', [1], new Uint8Array(16)),
      'npy-header',
      "its elements are of the type 'c16', which is not read",
    ],
    [array('<f4', [2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8], true), 'no-graph-arrays', ''],
    [i8([1, 2], [0, -1]), 'node-number', 'edge 1 has the end -1, but nodes count from 0'],
    [i8([1, 2], [0, 2 ** 40]), 'npz-array', 'the index 1099511627776 is beyond 32 bits'],
  ])('is refused %#', async (bytes, code, what) => {
    const failure = await failureOf(read('m.npy', bytes));
    expect(failure.code).toBe(code);
    if (what !== '') expect(failure.message).toBe(`m.npy: ${what}.`);
    expect(failure.remedy).not.toBe('');
  });

  it('is refused where its header promises more than the file can hold', async () => {
    expect(await failureOf(read('m.npy', npy('<f4', [100_000_000], new Uint8Array(4))))).toMatchObject({
      code: 'truncated-file',
      message: 'm.npy ends after 0 of 100,000,000 values.',
    });
    expect(await failureOf(read('m.npy', npy('<f4', [1e15], new Uint8Array(4))))).toMatchObject({
      code: 'too-many-bytes',
    });
    expect(await failureOf(read('m.npy', npy('<f4', [3], new Uint8Array(8))))).toMatchObject({
      message: 'm.npy ends after 2 of 3 values.',
    });
  });
});

/** [[0 1 0] [1 0 2] [0 2 3]] as CSR. */
const CSR = {
  indices: array('<i4', [5], [1, 0, 2, 1, 2]),
  indptr: array('<i4', [4], [0, 1, 3, 5]),
  data: array('<f8', [5], [1, 1, 2, 2, 3]),
  shape: i8([2], [3, 3]),
  format: bytesText('csr'),
};

describe('scipy.sparse matrices', () => {
  it.each<[string, Record<string, Uint8Array>]>([
    ['CSR', CSR],
    ['CSC of a symmetric matrix', { ...CSR, format: bytesText('csc') }],
    [
      'COO',
      {
        row: array('<i4', [5], [2, 0, 1, 1, 2]),
        col: array('<i4', [5], [2, 1, 2, 0, 1]),
        data: array('<f8', [5], [3, 1, 2, 1, 2]),
        shape: i8([2], [3, 3]),
        format: bytesText('coo'),
      },
    ],
  ])('saved as %s are adjacency', async (_, arrays) => {
    const { graph, report } = await read('a.npz', npz(arrays));
    expect(edgesOf(graph)).toEqual(['0 edge 1', '1 edge 2', '2 edge 2']);
    expect(graph.edgeTypes.directed[0]).toBe(0);
    expect(cellsOf(graph.edgeColumns, 'weight')).toEqual({ kind: 'f64', cells: ['1', '2', '3'] });
    expect(report.notices.map(({ code }) => code)).toEqual(['self-loops', 'both-directions']);
  });

  it('are directed when the mirror image differs, or when a person says so', async () => {
    const uneven = { ...CSR, data: array('<f8', [5], [1, 1, 2, 9, 3]) };
    const { graph } = await read('a.npz', npz(uneven));
    expect([graph.source.length, graph.edgeTypes.directed[0]]).toEqual([5, 1]);
    const wanted = await read('a.npz', npz(CSR), { direction: 'directed', selfLoops: 'drop' });
    expect(edgesOf(wanted.graph)).toEqual(['0 edge 1', '1 edge 0', '1 edge 2', '2 edge 1']);
  });

  it('that are rectangular have two node types; CSC is turned to rows', async () => {
    const arrays = {
      indices: array('<i4', [3], [1, 0, 1]),
      indptr: array('<i4', [4], [0, 1, 2, 3]),
      data: array('|b1', [3], [1, 1, 1]),
      shape: i8([2], [2, 3]),
      format: bytesText('csc'),
    };
    const { graph } = await read('b.npz', npz(arrays));
    expect(graph.nodeTypes.map(({ name }) => name)).toEqual(['row', 'column']);
    expect(edgesOf(graph)).toEqual(['0 edge 1', '1 edge 0', '1 edge 2']);
    expect(graph.edgeColumns).toEqual([]);
  });

  it.each([
    [{ format: bytesText('bsr') }, "format.npy: a sparse matrix of the layout 'bsr' is not read."],
    [
      { offsets: i8([1], [0]), format: bytesText('dia') },
      "format.npy: a sparse matrix of the layout 'dia' is not read.",
    ],
    [{ indptr: array('<i4', [4], [0, 3, 1, 5]) }, 'indptr.npy: it does not divide 5 entries into 3 rows.'],
    [{ indptr: array('<i4', [3], [0, 3, 5]) }, 'indptr.npy: it does not divide 5 entries into 3 rows.'],
    [{ indices: array('<i4', [5], [1, 0, 3, 1, 2]) }, 'indices.npy: the index 3 is not in 0 to 2.'],
    [{ data: array('<f8', [4], [1, 1, 2, 2]) }, 'data.npy: it has not one value per index.'],
    [{ shape: i8([1], [3]) }, 'shape.npy: it is no pair of sizes.'],
    [{ shape: f4([2], [3, 3]) }, 'shape.npy: it holds decimals where indices are needed.'],
  ])('are refused when damaged %#', async (damage, message) => {
    const failure = await failureOf(read('a.npz', npz({ ...CSR, ...damage })));
    expect(failure).toMatchObject({ name: 'ParseError', code: 'npz-array', message });
    expect(failure.remedy).not.toBe('');
  });
});

describe('whole graphs', () => {
  it('of Shchur et al.: adj_, attr_ and labels', async () => {
    const { graph, report, hints } = await read(
      'cora_ml.npz',
      npz({
        adj_data: f4([3], [1, 1, 1]),
        adj_indices: array('<i4', [3], [1, 2, 0]),
        adj_indptr: array('<i4', [4], [0, 2, 3, 3]),
        adj_shape: i8([2], [3, 3]),
        attr_data: f4([4], [1, 0, 2, 3]),
        attr_indices: array('<i4', [4], [4, 1, 2, 0]),
        attr_indptr: array('<i4', [4], [0, 2, 4, 4]),
        attr_shape: i8([2], [3, 5]),
        labels: i8([3], [6, 0, 6]),
        node_names: text(['p1', 'Päper', 'p3']),
        metadata: npy('|O', [], new Uint8Array(8)),
      }),
    );
    expect(graph.name).toBe('cora_ml');
    expect(edgesOf(graph)).toEqual(['0 edge 1', '0 edge 2', '1 edge 0']);
    expect(graph.edgeTypes.directed[0]).toBe(1);
    expect(graph.edgeColumns).toEqual([]);
    expect(cellsOf(nodeColumns(graph), 'label')).toEqual({ kind: 'category', cells: ['6', '0', '6'] });
    expect(cellsOf(nodeColumns(graph), 'name')).toEqual({ kind: 'text', cells: ['p1', 'Päper', 'p3'] });
    expect(nodeColumns(graph).find(({ name }) => name === 'features')).toMatchObject({
      kind: 'sparse',
      width: 5,
      // The explicit zero is gone and columns ascend.
      rowPtr: Int32Array.of(0, 1, 3, 3),
      colIndex: Int32Array.of(4, 0, 2),
      values: Float32Array.of(1, 3, 2),
    });
    expect(hints).toEqual({ target: 'label', features: ['features'] });
    expect(report.summary).toBe('3 nodes · 3 edges · 2 labels · 5 sparse features');
    expect(report.notices[0]).toMatchObject({
      severity: 'warning',
      code: 'array-not-read',
      file: 'metadata.npy',
    });
  });

  it('of Platonov et al.: edges once, ten splits', async () => {
    const masks = (rows: readonly (readonly number[])[]): Uint8Array => array('|b1', [2, 4], rows.flat());
    const { graph, hints } = await read(
      'roman_empire.npz',
      npz({
        node_features: f4([4, 2], [1, 2, 3, 4, 5, 6, 7, 8]),
        node_labels: i8([4], [0, 1, 2, 0]),
        edges: i8([3, 2], [0, 1, 1, 2, 2, 3]),
        train_masks: masks([
          [1, 0, 0, 0],
          [0, 1, 0, 0],
        ]),
        val_masks: masks([
          [0, 1, 0, 0],
          [0, 0, 1, 0],
        ]),
        test_masks: masks([
          [0, 0, 1, 1],
          [1, 0, 0, 0],
        ]),
      }),
    );
    expect(edgesOf(graph)).toEqual(['0 edge 1', '1 edge 2', '2 edge 3']);
    expect(graph.edgeTypes.directed[0]).toBe(0);
    expect(cellsOf(nodeColumns(graph), 'split0')?.cells).toEqual(['train', 'val', 'test', 'test']);
    expect(cellsOf(nodeColumns(graph), 'split1')?.cells).toEqual(['test', 'train', 'val', 'none']);
    expect(cellsOf(nodeColumns(graph), 'label')?.cells).toEqual(['0', '1', '2', '0']);
    expect(hints).toEqual({ target: 'label', split: 'column:split0', features: ['features'] });
  });

  it('with the names of PyTorch Geometric: x, y, edge_index in both directions, masks, edge weights', async () => {
    const arrays = {
      x: f4([3, 2], [1, 0, 0, 1, 1, 1]),
      y: i8([3], [1, 0, 1]),
      edge_index: i8([2, 4], [0, 1, 1, 2, 1, 0, 2, 1]),
      edge_weight: f4([4], [0.5, 0.5, 2, 2]),
      train_mask: array('|b1', [3], [1, 0, 0]),
      test_idx: i8([1], [2]),
      year: i8([3], [2001, 2002, 2003]),
      odd: i8([2], [1, 2]),
    };
    const { graph, hints, report } = await read('g.npz', npz(arrays));
    expect(edgesOf(graph)).toEqual(['0 edge 1', '1 edge 2']);
    expect(graph.edgeTypes.directed[0]).toBe(0);
    expect(cellsOf(graph.edgeColumns, 'weight')?.cells).toEqual(['0.5', '2']);
    expect(cellsOf(nodeColumns(graph), 'split')?.cells).toEqual(['train', 'none', 'test']);
    expect(cellsOf(nodeColumns(graph), 'year')).toEqual({ kind: 'i32', cells: ['2001', '2002', '2003'] });
    expect(hints).toEqual({ target: 'label', split: 'public', features: ['features'] });
    expect(report.notices.map(({ message }) => message)).toContain('Not used: odd.npy.');
  });

  it('in a folder of .npy files', async () => {
    const { graph } = await importFiles(
      [memorySource('d/edge_index.npy', i8([2, 1], [0, 1])), memorySource('d/y.npy', i8([3], [1, 2, 1]))],
      DEFAULT_IMPORT_OPTIONS,
    );
    expect([edgesOf(graph), cellsOf(nodeColumns(graph), 'label')?.cells]).toEqual([
      ['0 edge 1'],
      ['1', '2', '1'],
    ]);
  });

  it('follow the policy for nodes beyond the features', async () => {
    const arrays = npz({ x: f4([2, 1], [1, 2]), edge_index: i8([2, 2], [0, 1, 1, 3]) });
    const added = await read('g.npz', arrays);
    expect(cellsOf(nodeColumns(added.graph), 'features')?.cells).toEqual(['1 values', '1 values', '', '']);
    expect(added.report.notices[0]).toMatchObject({ code: 'unknown-node-added', count: 2 });
    const dropped = await read('g.npz', arrays, { missingNodes: 'drop' });
    expect([edgesOf(dropped.graph), dropped.graph.nodeIds.length]).toEqual([['0 edge 1'], 2]);
  });

  it('are refused where masks do not fit, pickles stand for edges, or names repeat', async () => {
    const mask = npz({ x: f4([2, 1], [1, 2]), train_mask: array('|b1', [3], [1, 0, 0]) });
    expect(await failureOf(read('g.npz', mask))).toMatchObject({
      message: 'train_mask.npy: it is no mask of 2 nodes.',
      code: 'npz-array',
    });
    const pickled = npz({ x: f4([2, 1], [1, 2]), edge_index: npy('|O', [2], new Uint8Array(8)) });
    expect(await failureOf(read('g.npz', pickled))).toMatchObject({
      code: 'npy-header',
      message: 'edge_index.npy: it holds Python objects (a pickle), which are not opened.',
    });
    const twice = [memorySource('a/x.npy', f4([1, 1], [1])), memorySource('b/x.npy', f4([1, 1], [1]))];
    expect(await failureOf(importFiles(twice, DEFAULT_IMPORT_OPTIONS))).toMatchObject({
      code: 'duplicate-array',
      message: 'There are two arrays named x.',
    });
  });

  it('are refused where the number of nodes is none', async () => {
    const arrays = npz({ edge_index: i8([2, 1], [0, 1]), num_nodes: i8([1], [-3]) });
    expect(await failureOf(read('g.npz', arrays))).toMatchObject({ code: 'no-graph-arrays' });
  });

  it('stop at the limits', async () => {
    const limits = { ...DEFAULT_IMPORT_LIMITS, maxNodes: 10 };
    const beyond = npz({ edge_index: i8([2, 1], [0, 2_000_000_000]), x: f4([1, 1], [1]) });
    expect(
      await failureOf(importFiles([memorySource('g.npz', beyond)], DEFAULT_IMPORT_OPTIONS, { limits })),
    ).toMatchObject({ code: 'too-many-nodes' });
    const rows = npz({ ...CSR, shape: i8([2], [2_000_000_000, 2_000_000_000]) });
    expect(await failureOf(read('a.npz', rows))).toMatchObject({
      name: 'LimitError',
      code: 'too-many-nodes',
    });
  });

  it('are previewed by type, shape and role', async () => {
    const preview = await inspectFiles([
      memorySource(
        'g.npz',
        npz({ x: f4([2, 1], [1, 2]), edge_index: i8([2, 1], [0, 1]), y: i8([2], [0, 1]) }),
      ),
    ]);
    expect(preview).toMatchObject({ formatId: 'numpy', title: 'g', why: '3 files begin like NumPy arrays.' });
    expect(preview.tables.map(({ path, role, dialect }) => [path, role, dialect])).toEqual([
      ['x.npy', 'features', 'NumPy, float32 [2, 1]'],
      ['edge_index.npy', 'edges', 'NumPy, int64 [2, 1]'],
      ['y.npy', 'nodes', 'NumPy, int64 [2]'],
    ]);
  });
});
