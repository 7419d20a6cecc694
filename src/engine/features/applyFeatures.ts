/**
 * Turns a graph's columns into the numbers a model multiplies, by a fitted encoding: one sparse block (bags, categories,
 * hashed text, node identity) and one dense block (scaled numbers), both over the global node index.
 */
import type { Column } from '../../core/columns.ts';
import { assembleDense, assembleSparse, identityMatrix, type PlacedRows } from './assembleFeatures.ts';
import { bagRows } from './bagEncoder.ts';
import { categoryRows } from './categoryEncoder.ts';
import type { DenseRows, FeatureContext, EncodedFeatures, FeatureTable, SparseRows } from './featureTypes.ts';
import type { FittedEncoder, FittedFeatures } from './fittedFeatures.ts';
import { matchTables, type TableMatch } from './matchTables.ts';
import { denseAsSparse, numberRows, type NumbersColumn } from './numberEncoder.ts';
import { structuralRows, type StructuralValues, structuralValues } from './structuralFeatures.ts';
import { textRows } from './textEncoder.ts';

/**
 * Returns the encoded features of a graph's node tables. Applied to the graph it was fitted on, the result equals that of
 * `fitAndApplyFeatures`; on another graph columns are found by node type and name, categories by their text.
 * @throws {ParameterError} the graph lacks a fitted column or has it with another kind or width
 * @throws {LimitError} structural features of too large a graph
 * O(stored cells) and the cost of structural features.
 */
export function applyFeatures(
  fitted: FittedFeatures,
  tables: readonly FeatureTable[],
  numNodes: number,
  context: FeatureContext = {},
): EncodedFeatures {
  const values = fitted.structural === null ? null : structuralValues(fitted.structural, context);
  return applyWithValues(fitted, tables, numNodes, values);
}

/** `applyFeatures` with structural values that were computed before. */
export function applyWithValues(
  fitted: FittedFeatures,
  tables: readonly FeatureTable[],
  numNodes: number,
  values: StructuralValues | null,
): EncodedFeatures {
  const matches = matchTables(fitted, tables, numNodes);
  const dense: PlacedRows<DenseRows>[] = [];
  const sparse: PlacedRows<SparseRows>[] = [];
  for (const { table, columns } of matches) {
    for (const { encoder, column } of columns) {
      const place = { offset: table.offset, count: column.length, at: encoder.at };
      if (encoder.block === 'dense') dense.push({ ...place, rows: denseRows(encoder, column) });
      else sparse.push({ ...place, rows: sparseRows(encoder, column) });
    }
  }
  if (fitted.structural !== null && values !== null) {
    if (values.values.length !== numNodes * values.width)
      throw new Error('the message graph has another number of nodes than the tables');
    const rows = structuralRows(fitted.structural, values);
    dense.push({ rows, offset: 0, count: numNodes, at: fitted.structural.at });
  }
  const { sparseWidth, denseWidth } = fitted;
  const isIdentity = sparse.length === 0 && fitted.identity[0]?.type === null;
  for (const { at, count, offset } of identityPlaces(fitted, matches))
    sparse.push({ rows: identityRows(count), offset, count, at });
  return {
    numNodes,
    sparse:
      sparseWidth === 0
        ? null
        : isIdentity
          ? identityMatrix(numNodes)
          : assembleSparse(sparse, numNodes, sparseWidth),
    dense: denseWidth === 0 ? null : assembleDense(dense, numNodes, denseWidth),
    denseWidth,
    width: sparseWidth + denseWidth,
    names: [...encoderNames(fitted), ...(values?.names ?? []), ...identityNames(fitted)],
    usesIdentity: fitted.usesIdentity,
  };
}

function denseRows(encoder: FittedEncoder, column: Column): DenseRows {
  if (encoder.kind === 'numbers' || encoder.kind === 'date' || encoder.kind === 'vector')
    return numberRows(encoder, column as NumbersColumn);
  throw new Error(`a ${encoder.kind} encoder has no dense rows`);
}

function sparseRows(encoder: FittedEncoder, column: Column): SparseRows {
  switch (encoder.kind) {
    case 'numbers':
    case 'date':
    case 'vector':
      return denseAsSparse(denseRows(encoder, column));
    case 'category':
      return categoryRows(encoder, column);
    case 'bag':
      return bagRows(encoder, column as Extract<Column, { readonly kind: 'sparse' }>);
    case 'text':
      return textRows(encoder, column);
    default:
      return encoder satisfies never;
  }
}

function identityPlaces(
  fitted: FittedFeatures,
  matches: readonly TableMatch[],
): { at: number; count: number; offset: number }[] {
  return fitted.identity.map(({ type, at, count }) => ({
    at,
    count,
    offset: matches.find((match) => match.type === type)?.table.offset ?? 0,
  }));
}

function identityRows(count: number): SparseRows {
  return {
    width: count,
    stored: () => 1,
    write(row, colIndex, values, position, at) {
      colIndex[position] = at + row;
      values[position] = 1;
      return position + 1;
    },
  };
}

function encoderNames({ types }: FittedFeatures): string[] {
  const isMixed = types.filter(({ encoders }) => encoders.length > 0).length > 1;
  return types.flatMap(({ type, encoders }) =>
    encoders.map((encoder) => `${isMixed ? `${type}: ` : ''}${encoderName(encoder)}`),
  );
}

function encoderName(encoder: FittedEncoder): string {
  const { column, width } = encoder;
  switch (encoder.kind) {
    case 'numbers':
    case 'date':
    case 'vector':
      return width === 1 ? column : `${column} (${width} numbers)`;
    case 'category':
      return `${column} (${width} ${encoder.style})`;
    case 'bag':
      return `${column} (${width} sparse)`;
    case 'text':
      return `${column} (${width} hashed words)`;
    default:
      return encoder satisfies never;
  }
}

function identityNames({ identity }: FittedFeatures): string[] {
  return identity.map(({ type }) =>
    type === null ? 'node identity (one-hot)' : `${type}: node identity (one-hot)`,
  );
}
