/** Categories → one-hot columns. Matched by their text, so that another graph may list them in another order. */
import { type CategoryColumn, cellText, type Column, isValid } from '../../core/columns.ts';
import type { FeatureOptions } from './featureOptions.ts';
import type { SparseRows } from './featureTypes.ts';
import { type CategorySpec, encoderWidth } from './fittedFeatures.ts';

/**
 * The dictionary is the column's, not only that of training rows: a category seen only elsewhere is a column that
 * training reaches through neighbours or not at all, as in the published set-ups.
 */
export function fitCategory(
  column: CategoryColumn,
  options: Pick<FeatureOptions, 'categories' | 'indicateMissingCategories'>,
): CategorySpec {
  let hasMissing = false;
  for (let row = 0; row < column.length && !hasMissing; row++) hasMissing = !isValid(column, row);
  return {
    kind: 'category',
    style: options.categories,
    dictionary: [...column.dictionary],
    hasIndicator: hasMissing && options.indicateMissingCategories,
  };
}

/**
 * Returns the encoded rows. Columns of another kind are matched by the text of their cells ('1' by the number 1).
 * Missing cells and categories that the fitted column did not have give an empty row, or the indicator alone.
 */
export function categoryRows(spec: CategorySpec, column: Column): SparseRows {
  const placeOf = new Map(spec.dictionary.map((category, place) => [category, place]));
  const other = spec.hasIndicator ? spec.dictionary.length : -1;
  const placeOfCode =
    column.kind === 'category' ? column.dictionary.map((category) => placeOf.get(category) ?? other) : null;
  const place = Int32Array.from({ length: column.length }, (_, row) => {
    if (!isValid(column, row)) return other;
    return column.kind === 'category'
      ? (placeOfCode?.[column.codes[row] as number] ?? other)
      : (placeOf.get(cellText(column, row)) ?? other);
  });
  return {
    width: encoderWidth(spec),
    stored: (row) => ((place[row] as number) < 0 ? 0 : 1),
    write(row, colIndex, values, position, at) {
      if ((place[row] as number) < 0) return position;
      colIndex[position] = at + (place[row] as number);
      values[position] = 1;
      return position + 1;
    },
  };
}
