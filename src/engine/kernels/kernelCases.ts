/**
 * Inputs on which every backend's kernels are held against reference.ts: the shapes that break kernels. Used by tests
 * only; names no backend and no test runner.
 */
import { drawNormal, drawUint32, drawUniform } from '../../core/random.ts';
import { groupBy, type SparseMatrix } from '../../core/sparseMatrix.ts';
import { spmmReference } from './spmm/reference.ts';

export interface SpmmCase {
  readonly name: string;
  readonly matrix: SparseMatrix;
  /** [matrix.cols · width] */
  readonly x: Float32Array;
  readonly width: number;
}

/** Builds CSR from (row, column) pairs, in the order given; values are standard normal draws. */
function matrixOf(rows: number, cols: number, pairs: readonly (readonly [number, number])[]): SparseMatrix {
  const { ptr, perm } = groupBy(
    Int32Array.from(pairs, ([row]) => row),
    rows,
  );
  const colIndex = Int32Array.from(perm, (pair) => (pairs[pair] as readonly [number, number])[1]);
  return { rows, cols, rowPtr: ptr, colIndex, values: normals(colIndex.length, rows + 31 * cols) };
}

function normals(length: number, key: number): Float32Array {
  return Float32Array.from({ length }, (_, element) => drawNormal(key, element));
}

/** A row of each length in `lengths`, over `cols` columns. */
function rowsOfLength(lengths: readonly number[], cols: number): SparseMatrix {
  const pairs = lengths.flatMap((length, row) =>
    Array.from({ length }, (_, entry) => [row, drawUint32(row, entry) % cols] as const),
  );
  return matrixOf(lengths.length, cols, pairs);
}

function spmmCase(name: string, matrix: SparseMatrix, width: number): SpmmCase {
  return { name, matrix, x: normals(matrix.cols * width, width), width };
}

/** A hub that receives from `leaves` nodes, each of which receives from the hub. */
function hub(leaves: number): SparseMatrix {
  const rowPtr = Int32Array.from({ length: leaves + 2 }, (_, row) => (row === 0 ? 0 : leaves + row - 1));
  const colIndex = Int32Array.from({ length: 2 * leaves }, (_, entry) => (entry < leaves ? entry + 1 : 0));
  return { rows: leaves + 1, cols: leaves + 1, rowPtr, colIndex, values: normals(2 * leaves, 7) };
}

/** Methods reference 0.5: nodes 0..3, edges 0-1, 0-2, 1-2, 2-3, with self-loops, D^(-1/2) A D^(-1/2). */
export const KITE = {
  matrix: kiteMatrix(),
  x: Float32Array.of(1, 0, 0, 1, 1, 1, 2, -1),
  weights: Float32Array.of(0.5, -0.3, 0.2, 0.4),
  /** S · X · W, [4, 2]; methods reference 3.1. */
  product: [0.435406, 0.062201, 0.435406, 0.062201, 0.659915, -0.299686, 0.647487, -0.464645],
  /** Labels of nodes 0 and 3; mean cross-entropy of the product as logits, and its gradient for W. */
  labels: [0, 1],
  loss: 0.960153,
  weightGradient: [0.382475, -0.382475, -0.18192, 0.18192],
} as const;

function kiteMatrix(): SparseMatrix {
  const neighbours = [
    [0, 1, 2],
    [0, 1, 2],
    [0, 1, 2, 3],
    [2, 3],
  ];
  const degree = neighbours.map((row) => row.length);
  const pairs = neighbours.flatMap((row, node) => row.map((other) => [node, other] as const));
  const values = Float32Array.from(
    pairs,
    ([node, other]) => 1 / Math.sqrt((degree[node] as number) * (degree[other] as number)),
  );
  return { ...matrixOf(4, 4, pairs), values };
}

/** Lengths around every threshold a kernel may use: lanes, tiles, tree sizes, long rows. */
const EDGE_LENGTHS = [
  0, 1, 2, 3, 4, 5, 15, 16, 17, 63, 64, 65, 127, 128, 129, 255, 256, 257, 1023, 1025, 4099,
];

/** Returns the cases of the sparse × dense product. Fresh arrays at each call; about 20 MB at the largest. */
export function spmmCases(): SpmmCase[] {
  const random = rowsOfLength(
    Array.from({ length: 211 }, (_, row) => Math.floor(12 * drawUniform(3, row) ** 2)),
    97,
  );
  return [
    { name: 'KITE', matrix: KITE.matrix, x: KITE.x.slice(), width: 2 },
    spmmCase('one node with a self-loop', matrixOf(1, 1, [[0, 0]]), 3),
    spmmCase('one node without edges', matrixOf(1, 1, []), 3),
    spmmCase('isolated nodes at both ends and between', rowsOfLength([0, 0, 3, 0, 2, 0, 0], 7), 4),
    spmmCase(
      'self-loops and parallel edges',
      matrixOf(3, 3, [
        [0, 0],
        [0, 0],
        [0, 1],
        [0, 1],
        [2, 2],
        [2, 1],
        [2, 1],
        [2, 2],
      ]),
      5,
    ),
    spmmCase('no entries', rowsOfLength([0, 0, 0, 0], 6), 3),
    spmmCase('no rows', matrixOf(0, 5, []), 3),
    spmmCase('no columns', matrixOf(4, 0, []), 3),
    spmmCase('width 0', rowsOfLength([1, 2], 2), 0),
    spmmCase('width 1', random, 1),
    ...[7, 16, 17, 64].map((width) => spmmCase(`width ${width}`, random, width)),
    spmmCase('width 513', random, 513),
    spmmCase('wide sparse features (rectangular)', rowsOfLength([3, 0, 9, 1, 30, 2], 1433), 16),
    spmmCase(
      'tall and narrow (rectangular)',
      rowsOfLength(
        Array.from({ length: 1000 }, (_, row) => row % 4),
        3,
      ),
      2,
    ),
    spmmCase('row lengths around thresholds, width 1', rowsOfLength(EDGE_LENGTHS, 50), 1),
    spmmCase('row lengths around thresholds, width 20', rowsOfLength(EDGE_LENGTHS, 50), 20),
    spmmCase('hub of 100,000 neighbours, width 1', hub(100_000), 1),
    spmmCase('hub of 100,000 neighbours, width 5', hub(100_000), 5),
  ];
}

export interface HeadsCase extends SpmmCase {
  readonly heads: number;
  /** [E · heads] */
  readonly values: Float32Array;
}

/** Heads of 1 to 171 columns on the matrices above: widths that vectors cover exactly, overlapping, and not at all. */
const HEADS_BY_CASE: readonly (readonly [name: string, heads: number])[] = [
  ['KITE', 2],
  ['one node with a self-loop', 3],
  ['one node without edges', 3],
  ['isolated nodes at both ends and between', 2],
  ['self-loops and parallel edges', 5],
  ['no entries', 3],
  ['no rows', 3],
  ['no columns', 3],
  ['width 0', 2],
  ['width 1', 1],
  ['width 7', 1],
  ['width 16', 4],
  ['width 16', 2],
  ['width 64', 8],
  ['width 64', 1],
  ['width 513', 3],
  ['width 513', 27],
  ['row lengths around thresholds, width 1', 1],
  ['row lengths around thresholds, width 20', 4],
  ['hub of 100,000 neighbours, width 1', 1],
];

/** Returns the cases of products with several values per entry. Fresh arrays at each call. */
export function headsCases(): HeadsCase[] {
  const cases = new Map(spmmCases().map((test) => [test.name, test]));
  return HEADS_BY_CASE.map(([name, heads]) => {
    const test = cases.get(name) as SpmmCase;
    const values = normals(test.matrix.colIndex.length * heads, 13 * heads);
    return { ...test, name: `${name}, heads: ${heads}`, heads, values };
  });
}

export interface DropoutCase {
  readonly name: string;
  readonly shape: readonly number[];
  readonly rate: number;
  readonly key: number;
}

/** Keys with the sign bit set and clear: an implementation that loses a bit or a sign fails one of them. */
export const dropoutCases: readonly DropoutCase[] = [
  { name: 'scalar', shape: [], rate: 0.5, key: 1 },
  { name: 'no elements', shape: [0], rate: 0.5, key: 2 },
  { name: 'no rows', shape: [0, 4], rate: 0.5, key: 2 },
  { name: 'one element', shape: [1], rate: 0.25, key: 0x7fffffff },
  { name: 'three elements', shape: [3], rate: 0.5, key: 0x80000000 },
  { name: 'stored values of sparse features', shape: [49_216], rate: 0.5, key: 0xdeadbeef },
  { name: 'hidden layer', shape: [2708, 16], rate: 0.6, key: 0xffffffff },
  { name: 'odd width', shape: [127, 513], rate: 0.1, key: 0x9e3779b9 },
  { name: 'heads', shape: [13, 8, 5], rate: 0.3, key: 0x12345678 },
  { name: 'rank 4', shape: [2, 3, 5, 7], rate: 0.9, key: 0xc0000001 },
  { name: 'rank 5', shape: [2, 3, 2, 3, 2], rate: 0.5, key: 3 },
  { name: 'almost everything dropped', shape: [10_000], rate: 0.999, key: 4 },
  { name: 'almost nothing dropped', shape: [10_000], rate: 1e-9, key: 5 },
];

/** What the test worker drops out of: `values` at `rate` under `key`. */
export const WORKER_DROPOUT = {
  values: Float32Array.from({ length: 1000 }, (_, element) => element + 1),
  rate: 0.5,
  key: 0xfeedface,
} as const;

/** Returns deterministic non-zero values of the case's size, so that a zero in the output means "dropped". */
export function dropoutInput(shape: readonly number[]): Float32Array {
  const size = shape.reduce((product, axis) => product * axis, 1);
  return Float32Array.from({ length: size }, (_, element) => 1 + drawUniform(11, element));
}

/**
 * Returns the first disagreement in words, or null.
 * @param sizes Σ|terms| of each element: float32 rounding in any order of addition stays within 1e-5 of it
 */
export function disagreement(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  sizes: ArrayLike<number>,
  width: number,
): string | null {
  if (actual.length !== expected.length) return `length ${actual.length}, expected ${expected.length}`;
  for (let at = 0; at < expected.length; at++) {
    const difference = Math.abs((actual[at] as number) - (expected[at] as number));
    // Written so that NaN disagrees.
    if (!(difference <= 1e-5 * (sizes[at] as number)))
      return `row ${Math.floor(at / width)}, column ${at % width}: ${actual[at]}, expected ${expected[at]}`;
  }
  return null;
}

/** Holds a sparse × dense product against the reference; values are [E · heads]. */
export function spmmDisagreement(
  actual: ArrayLike<number>,
  rowPtr: ArrayLike<number>,
  colIndex: ArrayLike<number>,
  values: Float32Array,
  perm: ArrayLike<number> | null,
  x: Float32Array,
  width: number,
  heads = 1,
): string | null {
  const expected = spmmReference(rowPtr, colIndex, values, perm, x, width, heads);
  const sizes = spmmReference(rowPtr, colIndex, values.map(Math.abs), perm, x.map(Math.abs), width, heads);
  return disagreement(actual, expected, sizes, width);
}
