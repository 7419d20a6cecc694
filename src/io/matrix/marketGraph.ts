/**
 * What a MatrixMarket matrix means as a graph: an entry in row i, column j is an edge i → j, of the full matrix. Square:
 * one node per row; rectangular: nodes of the types `row` and `column`. Matrices that equal their mirror image are
 * undirected and keep each stored entry once; of skew-symmetric and complex Hermitian ones, whose mirror image has other
 * values, both halves become edges. Vectors and dense tables are nodes without edges.
 */
import type { Column } from '../../core/columns.ts';
import { GrowableFloat64, GrowableInt32 } from '../bytes/growable.ts';
import type { FileSource } from '../fileSource.ts';
import type { ImportOptions, ImportResult, ReadContext } from '../importTypes.ts';
import { FEATURES_NAME } from '../native/featureColumn.ts';
import { counted, type NoticeList } from '../notices.ts';
import { createEdgeStore } from '../tables/edgeStore.ts';
import { DEFAULT_NODE_TYPE, NodeStore } from '../tables/nodeStore.ts';
import type { MarketMatrix } from './marketReader.ts';
import { numberColumn, vectorColumn } from './numberColumns.ts';
import { addNumberedNodes, finishNumbered, pushEdges } from './numberedGraph.ts';

/** A dense square matrix up to this size is a graph (at most 4 million edges), a larger one a table of vectors. */
export const MAX_DENSE_NODES = 2048;

export type MarketMeaning = 'graph' | 'bipartite' | 'values' | 'vectors';

/** What a matrix of this form becomes. */
export function meaningOf(
  shape: Pick<MarketMatrix, 'rows' | 'columns'>,
  banner: Pick<MarketMatrix['banner'], 'object' | 'isCoordinate'>,
): MarketMeaning {
  if (banner.object === 'vector') return 'values';
  const isSquare = shape.rows === shape.columns;
  if (banner.isCoordinate) return isSquare ? 'graph' : 'bipartite';
  if (isSquare && shape.rows <= MAX_DENSE_NODES) return 'graph';
  return shape.columns === 1 ? 'values' : 'vectors';
}

/** Entries of a graph as they become edges. */
interface Entries {
  readonly source: Int32Array;
  readonly target: Int32Array;
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
  readonly line: Int32Array | null;
}

function entriesOf(matrix: MarketMatrix): Entries {
  const { isCoordinate, symmetry, field } = matrix.banner;
  const stored: Entries = isCoordinate
    ? { ...matrix, source: matrix.row, target: matrix.column }
    : nonZeroEntries(matrix);
  const hasOtherHalf = symmetry === 'skew-symmetric' || (symmetry === 'hermitian' && field === 'complex');
  return hasOtherHalf ? withOtherHalf(stored, symmetry === 'skew-symmetric') : stored;
}

/** Entries of an array that are not zero; numbers are stored column by column. */
function nonZeroEntries(matrix: MarketMatrix): Entries {
  const { rows, columns, real, imaginary } = matrix;
  const { symmetry } = matrix.banner;
  const source = new GrowableInt32();
  const target = new GrowableInt32();
  const kept = new GrowableInt32();
  let at = 0;
  for (let column = 0; column < columns; column++) {
    const first = symmetry === 'general' ? 0 : symmetry === 'skew-symmetric' ? column + 1 : column;
    for (let row = first; row < rows; row++, at++) {
      if (real[at] === 0 && (imaginary[at] ?? 0) === 0) continue;
      source.push(row);
      target.push(column);
      kept.push(at);
    }
  }
  const pick = (values: Float64Array): Float64Array =>
    values.length === 0 ? values : Float64Array.from(kept.view(), (entry) => values[entry] as number);
  return {
    source: source.view(),
    target: target.view(),
    real: pick(real),
    imaginary: pick(imaginary),
    line: null,
  };
}

/** Adds the mirror image of every entry off the diagonal: negated, or complex conjugate. */
function withOtherHalf(stored: Entries, isSkew: boolean): Entries {
  const source = new GrowableInt32();
  const target = new GrowableInt32();
  const line = new GrowableInt32();
  const real = new GrowableFloat64();
  const imaginary = new GrowableFloat64();
  const isComplex = stored.imaginary.length > 0;
  for (let entry = 0; entry < stored.source.length; entry++) {
    const [row, column] = [stored.source[entry] as number, stored.target[entry] as number];
    for (const isMirror of row === column ? [false] : [false, true]) {
      source.push(isMirror ? column : row);
      target.push(isMirror ? row : column);
      line.push(stored.line?.[entry] ?? 0);
      real.push((isMirror && isSkew ? -1 : 1) * (stored.real[entry] as number));
      if (isComplex) imaginary.push((isMirror ? -1 : 1) * (stored.imaginary[entry] as number));
    }
  }
  return {
    source: source.view(),
    target: target.view(),
    real: real.view(),
    imaginary: imaginary.view(),
    line: line.view(),
  };
}

/** Columns of the values: one, or real and imaginary parts. */
function valueColumns(
  name: string,
  matrix: MarketMatrix,
  real: Float64Array,
  imaginary: Float64Array,
): Column[] {
  if (matrix.banner.field === 'pattern') return [];
  if (matrix.banner.field !== 'complex') return [numberColumn(name, real, matrix.kind)];
  return [numberColumn('real', real, matrix.kind), numberColumn('imaginary', imaginary, matrix.kind)];
}

/** Values of a vector, one per node: entries that a coordinate vector leaves out are 0, repeated ones add up. */
function vectorValues(matrix: MarketMatrix, stored: Float64Array): Float64Array {
  if (!matrix.banner.isCoordinate) return stored;
  const values = new Float64Array(matrix.rows);
  matrix.row.forEach((node, entry) => {
    values[node] = (values[node] as number) + (stored[entry] ?? 1);
  });
  return values;
}

function noteRepeated(path: string, matrix: MarketMatrix, notices: NoticeList): void {
  const seen = new Uint8Array(matrix.rows);
  matrix.row.forEach((node, entry) => {
    if (seen[node] === 1) {
      notices.add(
        {
          severity: 'warning',
          code: 'repeated-entries',
          file: path,
          words: (count) =>
            `${path}: ${counted(count, 'repeated entry', 'repeated entries')} added to the first.`,
        },
        matrix.line[entry] as number,
        () => `row ${node + 1}`,
      );
    }
    seen[node] = 1;
  });
}

/** Column-major numbers as rows of float32. */
function rowsOf(matrix: MarketMatrix, stored: Float64Array): Float32Array {
  const { rows, columns } = matrix;
  const out = new Float32Array(rows * columns);
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < rows; row++) out[row * columns + column] = stored[column * rows + row] as number;
  }
  return out;
}

/** The full matrix of a symmetric array too large to be a graph. */
function fullArray(matrix: MarketMatrix, stored: Float64Array, mirrorSign: number): Float64Array {
  const { rows, columns } = matrix;
  const { symmetry } = matrix.banner;
  if (symmetry === 'general') return stored;
  const full = new Float64Array(rows * columns);
  let at = 0;
  for (let column = 0; column < columns; column++) {
    for (let row = symmetry === 'skew-symmetric' ? column + 1 : column; row < rows; row++) {
      const value = stored[at++] as number;
      full[row * columns + column] = mirrorSign * value;
      full[column * rows + row] = value;
    }
  }
  return full;
}

function nodeColumns(
  path: string,
  matrix: MarketMatrix,
  meaning: MarketMeaning,
  notices: NoticeList,
): Column[] {
  const { real, imaginary } = matrix;
  const { symmetry, field } = matrix.banner;
  if (meaning === 'values') {
    if (matrix.banner.isCoordinate) noteRepeated(path, matrix, notices);
    const parts = [vectorValues(matrix, real), vectorValues(matrix, imaginary)] as const;
    if (field === 'pattern') return [numberColumn('value', parts[0], 'bool')];
    return valueColumns('value', matrix, ...parts);
  }
  const vectors = (name: string, stored: Float64Array, sign: number): Column =>
    vectorColumn(path, name, rowsOf(matrix, fullArray(matrix, stored, sign)), matrix.columns, notices);
  const realSign = symmetry === 'skew-symmetric' ? -1 : 1;
  if (field !== 'complex') return [vectors(FEATURES_NAME, real, realSign)];
  return [
    vectors('real', real, realSign),
    vectors('imaginary', imaginary, symmetry === 'symmetric' ? 1 : -1),
  ];
}

/**
 * Returns the graph of a matrix that was read.
 * @throws {InvalidGraphError} no rows at all; {LimitError | CancelledError}
 * O(entries + rows + columns).
 */
export async function graphOfMarket(
  formatId: string,
  { path, sizeBytes }: Pick<FileSource, 'path' | 'sizeBytes'>,
  matrix: MarketMatrix,
  options: ImportOptions,
  context: ReadContext,
  notices: NoticeList,
): Promise<ImportResult> {
  const meaning = meaningOf(matrix, matrix.banner);
  const { symmetry, field } = matrix.banner;
  const nodes = new NodeStore(context.limits);
  const bounds = { context, sizeBytes };
  const edges = createEdgeStore();
  let edgeColumns: Column[] = [];
  edges.files.push({ path, firstEdge: 0 });
  if (meaning === 'bipartite') {
    await addNumberedNodes(nodes, 'row', matrix.rows, 1, bounds);
    await addNumberedNodes(nodes, 'column', matrix.columns, 1, bounds);
  } else await addNumberedNodes(nodes, DEFAULT_NODE_TYPE, matrix.rows, 1, bounds);
  if (meaning === 'graph' || meaning === 'bipartite') {
    const entries = entriesOf(matrix);
    const block = meaning === 'bipartite' ? { types: { source: 0, target: 1 } } : {};
    pushEdges(edges, entries.source, entries.target, block, entries.line);
    const name = matrix.kind === 'bool' ? 'value' : 'weight';
    edgeColumns = valueColumns(name, matrix, entries.real, entries.imaginary);
    if (field === 'complex' && options.duplicateEdges === 'sum-weights') noteComplexSums(path, notices);
  } else {
    const columns = nodeColumns(path, matrix, meaning, notices);
    nodes.types[0]?.columns.push(() => columns);
  }
  const isMirrored = symmetry === 'symmetric' || (symmetry === 'hermitian' && field !== 'complex');
  return finishNumbered(
    {
      formatId,
      name: '',
      nodes,
      edges,
      edgeColumns,
      isDirected: meaning === 'graph' && !isMirrored,
      weight: field === 'complex' ? 'real' : 'weight',
      options,
      notices,
      rowsRead: matrix.banner.isCoordinate ? matrix.row.length : matrix.real.length,
      hints: {},
    },
    context,
  );
}

function noteComplexSums(path: string, notices: NoticeList): void {
  notices.say({
    severity: 'warning',
    code: 'imaginary-not-summed',
    message: `${path}: of repeated entries the real parts are summed; the imaginary part is that of the first.`,
    file: path,
  });
}
