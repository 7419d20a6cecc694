/**
 * Which columns a model may look at by default. Left out, with the reason shown: ids, labels, splits, columns that give
 * the answer away (`targetLeaks.ts`), free text unless asked for, and categories beyond the limit.
 */
import type { Column } from '../../core/columns.ts';
import { ParameterError } from '../../core/errors.ts';
import { isSplitColumn } from '../../core/transforms/nodeSplits.ts';
import type { LeftOutColumn } from '../runTypes.ts';
import { DEFAULT_FEATURE_OPTIONS, type FeatureOptions, MAX_CATEGORIES } from './featureOptions.ts';
import { classLeak, numericLeak } from './targetLeaks.ts';

export interface FeatureSelection {
  readonly used: readonly Column[];
  readonly leftOut: readonly LeftOutColumn[];
}

export type SelectionOptions = Pick<FeatureOptions, 'textBuckets' | 'categories'>;

/**
 * Returns the usable columns of one node table.
 * @param target     name of the predicted column, or null
 * @param targetCodes [n] class per row, -1 = unlabelled; null without a target
 * @param chosen     `auto`, or the names a person picked (these are only refused when they cannot be encoded)
 * @param options    text is picked automatically only with text buckets; categories up to the limit of their encoding
 * @throws {ParameterError} a chosen column does not exist, is the target, or cannot be encoded
 */
export function selectFeatures(
  columns: readonly Column[],
  target: string | null,
  targetCodes: Int32Array | null,
  chosen: 'auto' | readonly string[],
  options: SelectionOptions = DEFAULT_FEATURE_OPTIONS,
): FeatureSelection {
  return select(columns, target, chosen, options, (column) =>
    targetCodes === null ? null : classLeak(column, targetCodes),
  );
}

/**
 * `selectFeatures` for a numeric target.
 * @param targetValues [n] value per row, NaN = unlabelled
 * @throws {ParameterError} as `selectFeatures`
 */
export function selectFeaturesForNumbers(
  columns: readonly Column[],
  target: string,
  targetValues: ArrayLike<number>,
  chosen: 'auto' | readonly string[],
  options: SelectionOptions = DEFAULT_FEATURE_OPTIONS,
): FeatureSelection {
  return select(columns, target, chosen, options, (column) => numericLeak(column, targetValues));
}

function select(
  columns: readonly Column[],
  target: string | null,
  chosen: 'auto' | readonly string[],
  options: SelectionOptions,
  leak: (column: Column) => string | null,
): FeatureSelection {
  if (chosen !== 'auto')
    return { used: chosen.map((name) => pick(columns, name, target, options)), leftOut: [] };
  const used: Column[] = [];
  const leftOut: LeftOutColumn[] = [];
  for (const column of columns) {
    if (column.name === target) continue;
    const reason = reasonToLeaveOut(column, options) ?? leak(column);
    if (reason === null) used.push(column);
    else leftOut.push({ name: column.name, reason });
  }
  return { used, leftOut };
}

function pick(
  columns: readonly Column[],
  name: string,
  target: string | null,
  options: SelectionOptions,
): Column {
  const refuse = (message: string, remedy: string): never => {
    throw new ParameterError(message, { code: 'feature-column', remedy, details: { column: name } });
  };
  const column = columns.find((candidate) => candidate.name === name);
  if (column === undefined)
    return refuse(`There is no column '${name}' to use as a feature.`, 'Choose existing columns.');
  if (name === target)
    return refuse(`'${name}' is the target; it cannot be a feature.`, 'Remove it from the features.');
  const reason = tooManyCategories(column, options);
  if (reason === null) return column;
  const remedy =
    options.categories === 'one-hot' && tooManyCategories(column, { categories: 'embedded' }) === null
      ? 'Set categories to embedded, or remove it from the features.'
      : 'Remove it from the features.';
  return refuse(`'${name}' cannot be a feature: ${reason}.`, remedy);
}

function tooManyCategories(
  column: Column,
  { categories }: Pick<SelectionOptions, 'categories'>,
): string | null {
  if (column.kind !== 'category' || column.dictionary.length <= MAX_CATEGORIES[categories]) return null;
  const into = categories === 'one-hot' ? 'one-hot columns' : 'an embedding';
  return `${column.dictionary.length} categories are too many for ${into}`;
}

function reasonToLeaveOut(column: Column, options: SelectionOptions): string | null {
  if (isSplitColumn(column) || /^split\d*$/i.test(column.name)) return 'describes the split';
  if (column.kind === 'text' && options.textBuckets === 0) return 'free text; choose it or set text buckets';
  return (
    tooManyCategories(column, options) ??
    (looksLikeId(column) ? 'an identifier, different in every row' : null)
  );
}

function looksLikeId(column: Column): boolean {
  if (column.kind === 'i32' && /(^|_)(id|index|nr|no)$/i.test(column.name)) {
    return new Set(column.values).size === column.length;
  }
  return column.kind === 'category' && column.length > 20 && column.dictionary.length > 0.9 * column.length;
}
