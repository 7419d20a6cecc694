import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Column } from '../../core/columns.ts';
import type { Graph } from '../../core/graph.ts';
import { memorySource } from '../fileSource.ts';
import { importFiles, inspectFiles } from '../importer.ts';
import { DEFAULT_IMPORT_LIMITS, DEFAULT_IMPORT_OPTIONS, type ImportOptions } from '../importTypes.ts';
import { cellsOf, edgesOf, failureOf, nodeIdsOf, textFiles } from '../testFiles.ts';

const DATASETS = path.resolve(process.cwd(), '../shared/datasets');
const SAMPLES = path.join(DATASETS, 'format-samples/matrixmarket');

const read = (text: string, options: Partial<ImportOptions> = {}) =>
  importFiles(textFiles({ 'a.mtx': text }), { ...DEFAULT_IMPORT_OPTIONS, ...options });

const readSample = (name: string) =>
  importFiles(
    [memorySource(path.basename(name), new Uint8Array(readFileSync(path.join(SAMPLES, name))))],
    DEFAULT_IMPORT_OPTIONS,
  );

const nodeColumns = (graph: Graph): readonly Column[] => graph.nodeTypes[0]?.columns ?? [];
const columnsOf = (graph: Graph) =>
  [...graph.edgeColumns, ...nodeColumns(graph)].map(
    (column) =>
      [column.kind, column.name, 'values' in column ? [...column.values].map(Math.fround) : null] as const,
  );
/** Entries as 'row column value', in an order that does not depend on the file's. */
const entriesOf = (graph: Graph): string[] =>
  edgesOf(graph)
    .map(
      (edge, at) =>
        `${edge} ${graph.edgeColumns.map((column) => ('values' in column ? Number(column.values[at]) + 0 : '')).join(' ')}`,
    )
    .sort();

const ROUND = (values: readonly number[]): number[] => values.map(Math.fround);
const NIST = [1, 10.5, 250.5, 0.015, 6, -280, 33.32, 12];
const NIST_FREE = [1, 10.5, 0.015, -280, 12, 6, 250.5, 33.32];
const ONES = (count: number): number[] => Array.from({ length: count }, () => 1);
const WEIGHT = (kind: string, values: readonly number[]) => [[kind, 'weight', ROUND(values)]];
const COMPLEX = (kind: string, real: readonly number[], imaginary: readonly number[]) => [
  [kind, 'real', real],
  [kind, 'imaginary', imaginary],
];
/** null = undirected because nothing says otherwise: no edges. */
type Valid = readonly [
  file: string,
  nodes: number,
  edges: number,
  isDirected: boolean | null,
  columns: unknown,
];

const GRAPHBLAS_INTEGERS = ['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64'];

/** Expected by the files' own comments, by the format's definition of symmetry, and by their `_general` twins. */
const VALID: readonly Valid[] = [
  ['2col_array.mtx', 3, 0, null, [['vector', 'features', [10, 20, 11, 21, 12, 22]]]],
  ['eye3.mtx', 3, 3, true, WEIGHT('f32', ONES(3))],
  ['eye3_array.mtx', 3, 3, true, WEIGHT('f32', ONES(3))],
  ['eye3_complex.mtx', 3, 3, true, COMPLEX('f32', ONES(3), [0, 0, 0])],
  ['eye3_pattern.mtx', 3, 3, true, []],
  ['eye3_str.mtx', 3, 3, true, WEIGHT('f32', ONES(3))],
  ['graphblas/matrix_bool.mtx', 4, 4, false, [['bool', 'value', ONES(4)]]],
  ['graphblas/matrix_double.mtx', 4, 4, false, WEIGHT('f64', ONES(4))],
  ['graphblas/matrix_double_complex.mtx', 4, 4, false, COMPLEX('f64', ONES(4), [0, 0, 0, 0])],
  ['graphblas/matrix_float.mtx', 4, 4, false, WEIGHT('f32', ONES(4))],
  ['graphblas/matrix_float_complex.mtx', 4, 4, false, COMPLEX('f32', ONES(4), [0, 0, 0, 0])],
  ...GRAPHBLAS_INTEGERS.map(
    (type): Valid => [`graphblas/matrix_${type}.mtx`, 4, 4, false, WEIGHT('i32', ONES(4))],
  ),
  ['kepner_gilbert_graph.mtx', 7, 12, true, WEIGHT('f32', ONES(12))],
  ['nist_ex1.mtx', 5, 8, true, WEIGHT('f32', NIST)],
  ['nist_ex1_freeformat.mtx', 5, 8, true, WEIGHT('f32', NIST_FREE)],
  ['nist_ex1_more_freeformat.mtx', 5, 8, true, WEIGHT('f32', NIST_FREE)],
  ['overflow/overflow_index_gt_int8.mtx', 1000, 1, true, WEIGHT('f32', [1])],
  ['overflow/overflow_value_gt_int32.mtx', 3, 1, true, WEIGHT('f64', [8589934592])],
  ['overflow/overflow_value_gt_int64.mtx', 3, 3, true, WEIGHT('f64', [1, 2147483648, 19223372036854775808])],
  ['permissive/permissive_banner_leading_spaces_eye3.mtx', 3, 3, true, WEIGHT('f32', ONES(3))],
  ['permissive/permissive_banner_one_percent_eye3.mtx', 3, 3, true, WEIGHT('f32', ONES(3))],
  ['permissive/permissive_lines_indented.mtx', 1, 1, true, WEIGHT('f32', [1])],
  ['permissive/windows_lineendings_nist_ex1_more_freeformat.mtx', 5, 8, true, WEIGHT('f32', NIST_FREE)],
  ['row_3by4.mtx', 7, 4, false, WEIGHT('i32', [1, 2, 3, 4])],
  ['symmetry/coordinate_hermitian_real_row.mtx', 3, 3, false, WEIGHT('f32', [10, 20, 30])],
  ['symmetry/coordinate_hermitian_real_row_general.mtx', 3, 5, true, WEIGHT('f32', [10, 10, 20, 20, 30])],
  [
    'symmetry/coordinate_hermitian_real_row_general_dup.mtx',
    3,
    6,
    true,
    WEIGHT('f32', [10, 10, 20, 20, 30, 30]),
  ],
  [
    'symmetry/coordinate_hermitian_real_row_general_zero.mtx',
    3,
    6,
    true,
    WEIGHT('f32', [10, 10, 20, 20, 0, 30]),
  ],
  [
    'symmetry/coordinate_hermitian_row.mtx',
    3,
    5,
    true,
    COMPLEX('f32', [10, 10, 20, 20, 30], [1, -1, 2, -2, 0]),
  ],
  [
    'symmetry/coordinate_hermitian_row_general.mtx',
    3,
    5,
    true,
    COMPLEX('f32', [10, 10, 20, 20, 30], [-1, 1, -2, 2, 0]),
  ],
  [
    'symmetry/coordinate_hermitian_row_general_dup.mtx',
    3,
    6,
    true,
    COMPLEX('f32', [10, 10, 20, 20, 30, 30], [-1, 1, -2, 2, 0, 0]),
  ],
  [
    'symmetry/coordinate_hermitian_row_general_zero.mtx',
    3,
    6,
    true,
    COMPLEX('f32', [10, 10, 20, 20, 0, 30], [-1, 1, -2, 2, -0, 0]),
  ],
  ['symmetry/coordinate_pattern_symmetric_row.mtx', 3, 2, false, []],
  ['symmetry/coordinate_pattern_symmetric_row_general.mtx', 3, 4, true, []],
  ['symmetry/coordinate_pattern_symmetric_row_general_dup.mtx', 3, 4, true, []],
  ['symmetry/coordinate_pattern_symmetric_row_general_zero.mtx', 3, 4, true, []],
  ['symmetry/coordinate_skew_symmetric_row.mtx', 3, 4, true, WEIGHT('f32', [10, -10, 20, -20])],
  ['symmetry/coordinate_skew_symmetric_row_general.mtx', 3, 4, true, WEIGHT('f32', [-10, 10, -20, 20])],
  ['symmetry/coordinate_skew_symmetric_row_general_dup.mtx', 3, 4, true, WEIGHT('f32', [-10, 10, -20, 20])],
  ['symmetry/coordinate_skew_symmetric_row_general_zero.mtx', 3, 4, true, WEIGHT('f32', [-10, 10, -20, 20])],
  ['symmetry/coordinate_symmetric_row.mtx', 3, 3, false, WEIGHT('f32', [10, 20, 30])],
  ['symmetry/coordinate_symmetric_row_general.mtx', 3, 5, true, WEIGHT('f32', [10, 10, 20, 20, 30])],
  ['symmetry/coordinate_symmetric_row_general_dup.mtx', 3, 6, true, WEIGHT('f32', [10, 10, 20, 20, 30, 30])],
  ['symmetry/coordinate_symmetric_row_general_zero.mtx', 3, 6, true, WEIGHT('f32', [10, 10, 20, 20, 0, 30])],
  [
    'symmetry_array/array_hermitian.mtx',
    3,
    9,
    true,
    COMPLEX('f32', [1, 22, 22, 33, 33, 2, 44, 44, 3], [0, 1, -1, 1, -1, 0, 1, -1, 0]),
  ],
  [
    'symmetry_array/array_hermitian_general.mtx',
    3,
    9,
    true,
    COMPLEX('f32', [1, 22, 33, 22, 2, 44, 33, 44, 3], [0, 1, 1, -1, 0, 1, -1, -1, 0]),
  ],
  ['symmetry_array/array_skew-symmetric.mtx', 3, 6, true, WEIGHT('f32', [22, -22, 33, -33, 44, -44])],
  ['symmetry_array/array_skew-symmetric_general.mtx', 3, 6, true, WEIGHT('f32', [22, 33, -22, 44, -33, -44])],
  ['symmetry_array/array_symmetric.mtx', 3, 6, false, WEIGHT('f32', [1, 22, 33, 2, 44, 3])],
  [
    'symmetry_array/array_symmetric_general.mtx',
    3,
    9,
    true,
    WEIGHT('f32', [1, 22, 33, 22, 2, 44, 33, 44, 3]),
  ],
  ['vector_array.mtx', 4, 0, null, [['f32', 'value', [101, 202, 0, 404]]]],
  ['vector_coordinate.mtx', 4, 0, null, [['f32', 'value', [101, 202, 0, 404]]]],
  ['vector_coordinate_complex.mtx', 4, 0, null, COMPLEX('f32', [101, 202, 0, 404], [0, 1, 0, 0])],
  ['vector_coordinate_complex_dupes.mtx', 4, 0, null, COMPLEX('f32', [101, 202, 0, 404], [0, 1, 0, 0])],
  ['vector_coordinate_dupes.mtx', 4, 0, null, [['f32', 'value', [101, 202, 0, 404]]]],
];

const BANNER_REMEDY = 'Begin the file like %%MatrixMarket matrix coordinate real general.';
const INDEX_REMEDY = 'Count rows and columns from 1, up to the sizes at the beginning of the file.';
const VALUE_REMEDY = 'Write each value as a decimal number.';
const SIZES_REMEDY = 'Give the rows, columns, entries as whole numbers in one line below the comments.';
const SURPLUS_REMEDY = 'Correct the number of entries, or remove the surplus lines.';
const SCALE_REMEDY = 'Scale the values of the matrix down.';

const INVALID: readonly (readonly [file: string, line: number, what: string, remedy: string])[] = [
  [
    'invalid/invalid_bad_banner.mtx',
    1,
    "a MatrixMarket file begins with %%MatrixMarket, not '%%__BadBanner'",
    BANNER_REMEDY,
  ],
  [
    'invalid/invalid_bad_banner_2.mtx',
    1,
    "a MatrixMarket file begins with %%MatrixMarket, not '%%Matrix'",
    BANNER_REMEDY,
  ],
  [
    'invalid/invalid_bad_field.mtx',
    1,
    "the field '____' is not real, integer, complex or pattern",
    BANNER_REMEDY,
  ],
  ['invalid/invalid_bad_format.mtx', 1, "the format '____' is neither coordinate nor array", BANNER_REMEDY],
  ['invalid/invalid_bad_object.mtx', 1, "the object '___' is neither matrix nor vector", BANNER_REMEDY],
  [
    'invalid/invalid_bad_symmetry.mtx',
    1,
    "the symmetry '___' is not general, symmetric, skew-symmetric or hermitian",
    BANNER_REMEDY,
  ],
  ['invalid/invalid_bad_value.mtx', 3, "'not_a_double' is not a number", VALUE_REMEDY],
  ['invalid/invalid_bad_value_2.mtx', 5, "'foooooo' is not a number", VALUE_REMEDY],
  ['invalid/invalid_bad_value_3.mtx', 4, "'ffsafdsafas' is not a number", VALUE_REMEDY],
  ['invalid/invalid_bad_value_4.mtx', 4, "row 'ffsafdsafas' is not in 1 to 4", INDEX_REMEDY],
  ['invalid/invalid_dimensions_out_of_range_1.mtx', 3, "'-3' is not a number of rows", SIZES_REMEDY],
  ['invalid/invalid_dimensions_out_of_range_2.mtx', 3, "'-3' is not a number of columns", SIZES_REMEDY],
  ['invalid/invalid_dimensions_out_of_range_3.mtx', 3, "'-3' is not a number of entries", SIZES_REMEDY],
  ['invalid/invalid_indices_out_of_range_1.mtx', 5, "row '5000' is not in 1 to 7", INDEX_REMEDY],
  ['invalid/invalid_indices_out_of_range_2.mtx', 6, "column '2000' is not in 1 to 7", INDEX_REMEDY],
  ['invalid/invalid_indices_out_of_range_3.mtx', 5, "row '0' is not in 1 to 7", INDEX_REMEDY],
  ['invalid/invalid_indices_out_of_range_4.mtx', 6, "column '0' is not in 1 to 7", INDEX_REMEDY],
  ['invalid/invalid_indices_out_of_range_5.mtx', 5, "row '-1' is not in 1 to 7", INDEX_REMEDY],
  ['invalid/invalid_indices_out_of_range_6.mtx', 6, "column '-2' is not in 1 to 7", INDEX_REMEDY],
  [
    'invalid/invalid_matrix_coord_too_long.mtx',
    7,
    'there are more than the announced 3 entries',
    SURPLUS_REMEDY,
  ],
  ['invalid/invalid_symmetry_vector.mtx', 1, 'a vector cannot be symmetric', BANNER_REMEDY],
  [
    'invalid/invalid_truncated_header_1.mtx',
    2,
    'the file ends before the line of sizes',
    'Copy or save the file again.',
  ],
  ['invalid/invalid_truncated_header_2.mtx', 1, 'the banner has 4 words instead of 5', BANNER_REMEDY],
  [
    'invalid/invalid_truncated_line_1.mtx',
    5,
    'the entry has 2 numbers instead of 3',
    'Write each entry of a real matrix in one line.',
  ],
  [
    'invalid/invalid_truncated_line_2.mtx',
    5,
    'the entry has 1 number instead of 3',
    'Write each entry of a real matrix in one line.',
  ],
  [
    'invalid/invalid_truncated_lines.mtx',
    4,
    'the file ends after 2 of 12 entries',
    'Copy or save the file again, or correct the number of entries.',
  ],
  [
    'invalid/invalid_vector_array_too_long.mtx',
    7,
    'there are more than the announced 4 entries',
    SURPLUS_REMEDY,
  ],
  [
    'invalid/invalid_vector_coord_too_long.mtx',
    6,
    'there are more than the announced 3 entries',
    SURPLUS_REMEDY,
  ],
  ['invalid/invalid_vector_index_out_of_range_1.mtx', 4, "row '0' is not in 1 to 4", INDEX_REMEDY],
  ['invalid/invalid_vector_index_out_of_range_2.mtx', 4, "row '200' is not in 1 to 4", INDEX_REMEDY],
  [
    'invalid/invalid_vector_negative_length.mtx',
    2,
    "'-4' is not a number of rows",
    'Give the rows, entries as whole numbers in one line below the comments.',
  ],
  [
    'overflow/overflow_index_gt_int64.mtx',
    6,
    "row '19223372036854775808' is not in 1 to 1,000",
    INDEX_REMEDY,
  ],
  [
    'overflow/overflow_value_gt_complex128.mtx',
    4,
    "'1E9999' is larger than a 64-bit float holds",
    SCALE_REMEDY,
  ],
  [
    'overflow/overflow_value_gt_float128.mtx',
    4,
    "'1E9999' is larger than a 64-bit float holds",
    SCALE_REMEDY,
  ],
  ['overflow/overflow_value_gt_float64.mtx', 4, "'1E310' is larger than a 64-bit float holds", SCALE_REMEDY],
];
const TOO_LARGE = 'overflow/overflow_dim_gt_int64.mtx';

describe.skipIf(!existsSync(SAMPLES))('samples of fast_matrix_market', () => {
  it('are all listed here', () => {
    const listed = [...VALID.map(([file]) => file), ...INVALID.map(([file]) => file), TOO_LARGE];
    const found = readdirSync(SAMPLES, { recursive: true }).map((name) => String(name).replaceAll('\\', '/'));
    expect(found.filter((name) => name.endsWith('.mtx')).sort()).toEqual(listed.sort());
  });

  it.each(VALID)('%s: %i nodes, %i edges', async (file, nodes, edges, isDirected, columns) => {
    const { graph } = await readSample(file);
    expect([graph.nodeIds.length, graph.source.length]).toEqual([nodes, edges]);
    expect(graph.edgeTypes.length === 0 ? null : graph.edgeTypes.directed[0] === 1).toBe(isDirected);
    expect(columnsOf(graph)).toEqual(columns);
  });

  it.each(INVALID)('%s is refused', async (file, line, what, remedy) => {
    const name = path.basename(file);
    expect(await failureOf(readSample(file))).toEqual({
      name: 'ParseError',
      code: 'matrix-market',
      message: `${name} line ${line}: ${what}.`,
      remedy,
      details: { file: name, line },
    });
  });

  it('refuses more rows than any graph has', async () => {
    expect(await failureOf(readSample(TOO_LARGE))).toMatchObject({
      name: 'LimitError',
      code: 'too-many-nodes',
    });
  });

  it.each([
    ['symmetry/coordinate_skew_symmetric_row.mtx', 'symmetry/coordinate_skew_symmetric_row_general.mtx'],
    ['symmetry/coordinate_hermitian_row.mtx', 'symmetry/coordinate_hermitian_row_general.mtx'],
    ['symmetry_array/array_hermitian.mtx', 'symmetry_array/array_hermitian_general.mtx'],
    ['symmetry_array/array_skew-symmetric.mtx', 'symmetry_array/array_skew-symmetric_general.mtx'],
  ])('%s has the edges of %s', async (half, whole) => {
    expect(entriesOf((await readSample(half)).graph)).toEqual(entriesOf((await readSample(whole)).graph));
  });

  it('says which integers were rounded', async () => {
    const { report } = await readSample('overflow/overflow_value_gt_int64.mtx');
    expect(report.notices[0]).toEqual({
      severity: 'warning',
      code: 'rounded-integers',
      message: 'overflow_value_gt_int64.mtx: 1 integer beyond 2^53 rounded to the nearest 64-bit float.',
      count: 1,
      file: 'overflow_value_gt_int64.mtx',
      examples: [{ line: 6, text: '19223372036854775808' }],
    });
  });
});

describe.skipIf(!existsSync(DATASETS))('classic graphs', () => {
  it.each([
    ['karate.mtx', 34, 78, 0, 0],
    // 4,294 stored, 1,138 of them on the diagonal: 2 · 3,156 + 1,138 = 7,450 mirrored.
    ['jagmesh7.mtx', 1138, 4294, 0, 1138],
    ['west0067.mtx', 67, 294, 1, 2],
  ])('%s: %i nodes, %i edges', async (name, nodes, edges, directed, loops) => {
    const source = memorySource(
      name,
      new Uint8Array(readFileSync(path.join(DATASETS, 'classic-graphs', name))),
    );
    const { graph } = await importFiles([source], DEFAULT_IMPORT_OPTIONS);
    expect([graph.nodeIds.length, graph.source.length, graph.edgeTypes.directed[0]]).toEqual([
      nodes,
      edges,
      directed,
    ]);
    expect(graph.source.filter((node, edge) => node === graph.target[edge])).toHaveLength(loops);
  });
});

describe('matrix market', () => {
  it('reads the example of the specification: row i, column j is an edge i → j; nodes count from 1', async () => {
    const { graph, report } = await read(
      '%%MatrixMarket matrix coordinate real general\n% comment\n5 5 3\n1 1 1.000e+00\n% more\n2 5 1.050e+01\n\n4 2 -2.5\n',
    );
    expect(nodeIdsOf(graph)).toEqual(['1', '2', '3', '4', '5']);
    expect(edgesOf(graph)).toEqual(['1 edge 1', '2 edge 5', '4 edge 2']);
    expect(cellsOf(graph.edgeColumns, 'weight')).toEqual({ kind: 'f32', cells: ['1', '10.5', '-2.5'] });
    expect(report.summary).toBe('5 nodes · 3 edges');
    expect(report.notices).toMatchObject([
      { code: 'self-loops', count: 1, examples: [{ line: 4, text: '1 – 1' }] },
    ]);
  });

  it('makes rows and columns of a rectangular matrix two node types', async () => {
    const { graph } = await read('%%MatrixMarket matrix coordinate pattern general\n2 3 2\n1 3\n2 1\n');
    expect(graph.nodeTypes.map((type) => type.name)).toEqual(['row', 'column']);
    expect(nodeIdsOf(graph)).toEqual(['1', '2', '1', '2', '3']);
    expect([[...graph.source], [...graph.target]]).toEqual([
      [0, 1],
      [4, 2],
    ]);
  });

  it('follows the options: direction, self-loops, duplicates', async () => {
    const text = '%%MatrixMarket matrix coordinate integer symmetric\n2 2 3\n1 1 5\n2 1 3\n2 1 4\n';
    const { graph } = await read(text, {
      direction: 'directed',
      selfLoops: 'drop',
      duplicateEdges: 'sum-weights',
    });
    expect(edgesOf(graph)).toEqual(['2 edge 1']);
    expect(graph.edgeTypes.directed[0]).toBe(1);
    expect(cellsOf(graph.edgeColumns, 'weight')?.cells).toEqual(['7']);
  });

  it('treats NaN as a missing value and says so', async () => {
    const { graph, report } = await read(
      '%%MatrixMarket matrix coordinate real general\n2 2 2\n1 2 nan\n2 1 1\n',
    );
    expect(cellsOf(graph.edgeColumns, 'weight')?.cells).toEqual(['', '1']);
    expect(report.notices[0]).toMatchObject({
      code: 'not-finite',
      count: 1,
      examples: [{ line: 3, text: 'nan' }],
    });
  });

  it('takes numbers of an array that share lines, column by column', async () => {
    const { graph } = await read('%%MatrixMarket matrix array real general\n2 3\n1 2 3\n4 5 6\n');
    expect(columnsOf(graph)).toEqual([['vector', 'features', [1, 3, 5, 2, 4, 6]]]);
  });

  it('takes a large square array for a table of vectors, completed by its symmetry', async () => {
    const size = 2049;
    const numbers = Array.from({ length: (size * (size - 1)) / 2 }, (_, at) => at % 7);
    const { graph } = await read(
      `%%MatrixMarket matrix array integer skew-symmetric\n${size} ${size}\n${numbers.join('\n')}\n`,
    );
    const [column] = nodeColumns(graph);
    if (column?.kind !== 'vector') throw new Error('expected a vector column');
    expect([graph.source.length, column.width]).toEqual([0, size]);
    // Entry (3, 1), stored second, is 1; its mirror image (1, 3) is -1.
    expect([column.values[2 * size], column.values[2], column.values[0]]).toEqual([1, -1, 0]);
  });

  it('refuses a symmetric matrix that is not square, and a pattern array', async () => {
    expect(await failureOf(read('%%MatrixMarket matrix coordinate real symmetric\n2 3 0\n'))).toMatchObject({
      message: 'a.mtx line 2: a symmetric matrix has as many rows as columns.',
      code: 'matrix-market',
    });
    expect(await failureOf(read('%%MatrixMarket matrix array pattern general\n1 1\n'))).toMatchObject({
      message: 'a.mtx line 1: an array cannot be a pattern.',
    });
  });

  it('stops at the limits before it sets memory aside', async () => {
    const limits = { ...DEFAULT_IMPORT_LIMITS, maxNodes: 10, maxEdges: 5 };
    const files = (sizes: string) =>
      textFiles({ 'a.mtx': `%%MatrixMarket matrix coordinate pattern general\n${sizes}\n` });
    const refused = (sizes: string) =>
      failureOf(importFiles(files(sizes), DEFAULT_IMPORT_OPTIONS, { limits }));
    expect(await refused('11 11 0')).toMatchObject({ code: 'too-many-nodes' });
    expect(await refused('6 5 0')).toMatchObject({ code: 'too-many-nodes' });
    expect(await refused('9 9 6')).toMatchObject({ code: 'too-many-edges' });
  });

  it('refuses millions of nodes that a few bytes merely claim', async () => {
    const text = '%%MatrixMarket matrix coordinate pattern general\n40000000 40000000 0\n';
    expect(await failureOf(read(text))).toEqual({
      name: 'LimitError',
      code: 'claimed-nodes',
      message: 'The files claim 40,000,000 nodes, which 69 bytes cannot describe.',
      remedy: 'Check the sizes and node numbers for a damaged or mistyped one.',
      details: { count: 40_000_000, sizeBytes: 69 },
    });
  });

  it('is previewed, and takes the sparse matrix among several files', async () => {
    const files = textFiles({
      'a_b.mtx': '%%MatrixMarket matrix array real general\n2 1\n1\n2\n',
      'a.mtx': '%%MatrixMarket matrix coordinate real symmetric\n% c\n2 2 1\n2 1 0.5\n',
    });
    const preview = await inspectFiles(files);
    expect(preview).toMatchObject({ formatId: 'matrix-market', why: 'a.mtx begins with %%MatrixMarket.' });
    expect(preview.tables).toMatchObject([
      {
        path: 'a.mtx',
        role: 'edges',
        dialect: 'matrix coordinate real symmetric',
        sampleRows: [['2', '1', '0.5']],
      },
    ]);
    const { graph, report } = await importFiles(files, DEFAULT_IMPORT_OPTIONS);
    expect(edgesOf(graph)).toEqual(['2 edge 1']);
    expect(report.notices).toMatchObject([{ code: 'files-not-used', message: 'Not used: a_b.mtx.' }]);
  });
});
