/**
 * Fits the feature encoding: what each column needs to be turned into numbers, learned on training rows, as plain JSON.
 * Which columns take part is decided before (`selectFeatures.ts`); encoding itself is `applyFeatures.ts`.
 */
import { type Bitset, hasBit } from '../../core/bitset.ts';
import type { Column } from '../../core/columns.ts';
import { TaskError } from '../../core/errors.ts';
import { applyWithValues } from './applyFeatures.ts';
import { fitCategory } from './categoryEncoder.ts';
import { CHOSEN_TEXT_BUCKETS, type FeatureOptions } from './featureOptions.ts';
import { type FeatureContext, type EncodedFeatures, type FeatureTable, typeName } from './featureTypes.ts';
import {
  type EncoderSpec,
  encoderWidth,
  FITTED_FEATURES_VERSION,
  type FittedEncoder,
  type FittedFeatures,
  type FittedIdentity,
  type FittedType,
} from './fittedFeatures.ts';
import { fitNumbers } from './numberEncoder.ts';
import {
  fitStructural,
  type StructuralRequest,
  structuralRequest,
  type StructuralValues,
  structuralValues,
} from './structuralFeatures.ts';

/**
 * Returns the encoding of every column of the tables. Statistics use training rows only; a node type without any (the
 * types that a task does not predict for) uses all its rows, as it has no part to keep apart.
 *
 * Each column has columns of its own in the matrix; those of another node type's nodes are 0 there. Dense columns of
 * several node types go to the sparse block, where rows store only what belongs to their type.
 * @throws {TaskError} there is no feature and the options forbid identity columns
 * @throws {LimitError} structural features of too large a graph
 * O(stored cells) and the cost of structural features.
 */
export function fitFeatures(
  tables: readonly FeatureTable[],
  numNodes: number,
  train: Bitset,
  options: FeatureOptions,
  context: FeatureContext = {},
): FittedFeatures {
  const request = structuralRequest(options);
  const values = request === null ? null : structuralValues(request, context);
  return fitWithValues(tables, numNodes, train, options, request, values);
}

/** Fits and applies to the same graph, computing structural features once. */
export function fitAndApplyFeatures(
  tables: readonly FeatureTable[],
  numNodes: number,
  train: Bitset,
  options: FeatureOptions,
  context: FeatureContext = {},
): { readonly fitted: FittedFeatures; readonly features: EncodedFeatures } {
  const request = structuralRequest(options);
  const values = request === null ? null : structuralValues(request, context);
  const fitted = fitWithValues(tables, numNodes, train, options, request, values);
  return { fitted, features: applyWithValues(fitted, tables, numNodes, values) };
}

function fitWithValues(
  tables: readonly FeatureTable[],
  numNodes: number,
  train: Bitset,
  options: FeatureOptions,
  request: StructuralRequest | null,
  values: StructuralValues | null,
): FittedFeatures {
  const placed = placeEncoders(
    tables.map((table, index) => {
      const rows = fittingRows(table, train);
      return {
        type: typeName(table, index),
        specs: table.columns.map((column) => ({
          column: column.name,
          spec: fitColumn(column, rows, options),
        })),
      };
    }),
  );
  const structural =
    request === null || values === null ? null : fitStructural(request, values, train, placed.denseWidth);
  const denseWidth = placed.denseWidth + (structural?.width ?? 0);
  const identity = identityBlocks(tables, numNodes, options, placed.sparseWidth, denseWidth);
  const sparseWidth = identity.reduce((sum, block) => sum + block.count, placed.sparseWidth);
  if (sparseWidth + denseWidth === 0 && options.identity === 'never') {
    throw new TaskError('There is no feature to learn from.', {
      code: 'no-features',
      remedy: 'Choose at least one column or structural feature, or allow identity columns.',
      details: { tables: tables.length, numNodes },
    });
  }
  return {
    version: FITTED_FEATURES_VERSION,
    types: placed.types,
    identity,
    structural,
    sparseWidth,
    denseWidth,
    usesIdentity: identity.length > 0,
  };
}

function fittingRows({ offset, count }: FeatureTable, train: Bitset): Int32Array {
  const all = Int32Array.from({ length: count }, (_, row) => row);
  const members = all.filter((row) => hasBit(train, offset + row));
  return members.length > 0 ? members : all;
}

function fitColumn(column: Column, rows: Int32Array, options: FeatureOptions): EncoderSpec {
  switch (column.kind) {
    case 'category':
      return fitCategory(column, options);
    case 'sparse':
      return { kind: 'bag', scaling: options.bagScaling, words: column.width };
    case 'text':
      return { kind: 'text', hash: 'fnv1a-32', buckets: options.textBuckets || CHOSEN_TEXT_BUCKETS };
    case 'f32':
    case 'f64':
    case 'i32':
    case 'bool':
    case 'date':
    case 'vector':
      return fitNumbers(column, rows, options);
    default:
      return column satisfies never;
  }
}

interface UnplacedType {
  readonly type: string;
  readonly specs: readonly { readonly column: string; readonly spec: EncoderSpec }[];
}

const isDense = ({ kind }: EncoderSpec): boolean =>
  kind === 'numbers' || kind === 'date' || kind === 'vector';

/** Gives each encoder its block and columns, in the order of tables and columns. */
function placeEncoders(unplaced: readonly UnplacedType[]): {
  types: readonly FittedType[];
  sparseWidth: number;
  denseWidth: number;
} {
  const numDense = unplaced.filter(({ specs }) => specs.some(({ spec }) => isDense(spec))).length;
  const used = { dense: 0, sparse: 0 };
  const types = unplaced.map(({ type, specs }) => ({
    type,
    encoders: specs.map(({ column, spec }): FittedEncoder => {
      const block = isDense(spec) && numDense === 1 ? 'dense' : 'sparse';
      const at = used[block];
      const width = encoderWidth(spec);
      used[block] += width;
      return { column, block, at, width, ...spec };
    }),
  }));
  return { types, sparseWidth: used.sparse, denseWidth: used.dense };
}

function identityBlocks(
  tables: readonly FeatureTable[],
  numNodes: number,
  options: FeatureOptions,
  sparseWidth: number,
  denseWidth: number,
): FittedIdentity[] {
  if (options.identity === 'when-empty')
    return sparseWidth + denseWidth === 0 ? [{ type: null, at: 0, count: numNodes }] : [];
  if (options.identity === 'never') return [];
  if (tables.length === 0) return [{ type: null, at: sparseWidth, count: numNodes }];
  const blocks: FittedIdentity[] = [];
  let at = sparseWidth;
  tables.forEach((table, index) => {
    if (table.columns.length > 0 || table.count === 0) return;
    blocks.push({ type: typeName(table, index), at, count: table.count });
    at += table.count;
  });
  return blocks;
}
