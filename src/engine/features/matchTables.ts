/** Finds the columns of a graph that a fitted encoding asks for, or says what the graph lacks. */
import { countBits, createBitset } from '../../core/bitset.ts';
import type { Column, ColumnKind } from '../../core/columns.ts';
import { ParameterError } from '../../core/errors.ts';
import { type FeatureTable, typeName } from './featureTypes.ts';
import { FITTED_FEATURES_VERSION, type FittedEncoder, type FittedFeatures } from './fittedFeatures.ts';

export interface TableMatch {
  readonly type: string;
  readonly table: FeatureTable;
  readonly columns: readonly { readonly encoder: FittedEncoder; readonly column: Column }[];
}

/** Kinds an encoder reads: readers may type the same column differently when another graph has other values in it. */
const ACCEPTED: Readonly<Record<FittedEncoder['kind'], readonly ColumnKind[]>> = {
  numbers: ['f32', 'f64', 'i32', 'bool'],
  date: ['date'],
  vector: ['vector'],
  category: ['category', 'text', 'i32', 'f32', 'f64', 'bool'],
  bag: ['sparse'],
  text: ['text', 'category'],
};
const WORDS: Readonly<Record<FittedEncoder['kind'] | ColumnKind, string>> = {
  numbers: 'numbers',
  f32: 'numbers',
  f64: 'numbers',
  i32: 'numbers',
  bool: 'true or false',
  date: 'dates',
  vector: 'vectors',
  category: 'categories',
  bag: 'sparse rows',
  sparse: 'sparse rows',
  text: 'text',
};

/**
 * Returns, for each table of the graph, the fitted type of the same name and its columns by name; columns that were not
 * fitted are ignored, fitted types may be absent. One table and one fitted type match whatever their names.
 * @throws {ParameterError} another version; a node type, column, kind or width that was not fitted; identity columns of
 * another number of nodes
 */
export function matchTables(
  fitted: FittedFeatures,
  tables: readonly FeatureTable[],
  numNodes: number,
): readonly TableMatch[] {
  if ((fitted.version as number) !== FITTED_FEATURES_VERSION) {
    refuse(
      'feature-version',
      `The stored feature encoding has version ${String(fitted.version)}; this program reads version ${FITTED_FEATURES_VERSION}.`,
      'Train the model again.',
      { version: fitted.version },
    );
  }
  const isOnly = fitted.types.length === 1 && tables.length === 1;
  const matches = tables.flatMap((table, index) => {
    const name = typeName(table, index);
    const type = isOnly ? fitted.types[0] : fitted.types.find((candidate) => candidate.type === name);
    if (type === undefined) {
      if (table.count === 0 || fitted.types.length === 0) return [];
      return refuse(
        'feature-type',
        `The model was not trained with nodes of type '${name}'.`,
        `Rename the node type to one of ${fitted.types.map((known) => `'${known.type}'`).join(', ')}, or leave these nodes out.`,
        { nodeType: name },
      );
    }
    const columns = type.encoders.map((encoder) => ({ encoder, column: columnOf(encoder, table, name) }));
    return [{ type: type.type, table, columns }];
  });
  for (const { type, count } of fitted.identity) {
    const present =
      type === null ? numNodes : (matches.find((match) => match.type === type)?.table.count ?? 0);
    if (present === count) continue;
    refuse(
      'feature-identity',
      `The model learned ${count} nodes one by one and cannot be applied to ${present} others.`,
      'Train a model on columns or structural features, which other graphs have too.',
      { nodeType: type, trained: count, given: present },
    );
  }
  return matches;
}

function columnOf(encoder: FittedEncoder, table: FeatureTable, type: string): Column {
  const details = { column: encoder.column, nodeType: type };
  const column = table.columns.find((candidate) => candidate.name === encoder.column);
  if (column === undefined) {
    return refuse(
      'feature-column',
      `'${type}' has no column '${encoder.column}', which the model was trained with.`,
      `Add a column '${encoder.column}' to the node table; its cells may be empty.`,
      details,
    );
  }
  if (!ACCEPTED[encoder.kind].includes(column.kind)) {
    if (isEmpty(column)) return emptyColumn(encoder, column.length);
    return refuse(
      'feature-kind',
      `Column '${encoder.column}' of '${type}' holds ${WORDS[column.kind]}; the model was trained with ${WORDS[encoder.kind]}.`,
      `Correct the values of '${encoder.column}', or train the model again.`,
      { ...details, kind: column.kind, trained: encoder.kind },
    );
  }
  const width = column.kind === 'vector' || column.kind === 'sparse' ? column.width : null;
  const wanted =
    encoder.kind === 'vector' ? encoder.centre.length : encoder.kind === 'bag' ? encoder.words : null;
  if (width !== wanted) {
    return refuse(
      'feature-width',
      `Column '${encoder.column}' of '${type}' has ${String(width)} values a row; the model was trained with ${String(wanted)}.`,
      `Make '${encoder.column}' with the same vocabulary or embedding as in training.`,
      { ...details, width, wanted },
    );
  }
  return column;
}

function isEmpty(column: Column): boolean {
  return column.validity !== null && countBits(column.validity) === 0;
}

/** A column without a value has no kind of its own; this is one of the fitted kind, with every cell missing. */
function emptyColumn(encoder: FittedEncoder, length: number): Column {
  const base = { name: encoder.column, length, validity: createBitset(length) };
  return encoder.kind === 'bag'
    ? {
        ...base,
        kind: 'sparse',
        width: encoder.words,
        rowPtr: new Int32Array(length + 1),
        colIndex: new Int32Array(0),
        values: new Float32Array(0),
      }
    : { ...base, kind: 'f32', values: new Float32Array(length) };
}

function refuse(
  code: string,
  message: string,
  remedy: string,
  details: Readonly<Record<string, unknown>>,
): never {
  throw new ParameterError(message, { code, remedy, details });
}
