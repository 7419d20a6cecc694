/** How columns become features; the forms and command-line options for it are `featureParameters.ts`. */

export type FeatureScaling = 'standard' | 'robust' | 'none';

export interface StructuralOptions {
  /** log(1 + in-degree) */
  readonly degree: boolean;
  /** Steps of the random-walk encoding; 0 = none. */
  readonly randomWalkSteps: number;
  /** Laplacian eigenvectors; 0 = none. */
  readonly laplacianVectors: number;
}

export interface FeatureOptions {
  /**
   * Numbers and vectors on training rows: `standard` (x − mean) / sd, `robust` (x − median) / IQR, `none` as they are.
   * Dates are never left as they are: `none` standardises them.
   */
  readonly scaling: FeatureScaling;
  /**
   * Width of the hashed bag of words of each text column. 0: no text is picked automatically, and a text column that
   * was chosen by name gets `CHOSEN_TEXT_BUCKETS`.
   */
  readonly textBuckets: number;
  /**
   * `embedded` encodes like `one-hot` and lifts the limit on categories: a one-hot row times the first layer's weight
   * is a row of that weight, so the weight is a learned embedding table.
   */
  readonly categories: 'one-hot' | 'embedded';
  /**
   * Adds an indicator to category columns with missing cells, on for missing and unseen categories. Off, these rows are
   * all 0, which no category is.
   */
  readonly indicateMissingCategories: boolean;
  /** Adds sine and cosine of the day of the week and of the month (UTC) to each date. */
  readonly cyclicDates: boolean;
  /** Rows of sparse columns: sum |x| = 1, Euclidean length 1, or as they are. */
  readonly bagScaling: 'sum' | 'l2' | 'none';
  /**
   * One learned column per node: `when-empty` for all nodes when there is no other feature, `featureless-types` for the
   * nodes of every type without columns, `never`.
   */
  readonly identity: 'when-empty' | 'featureless-types' | 'never';
  readonly structural: StructuralOptions;
  /** Seed of estimated random walks and of the eigensolver's start. */
  readonly seed: number;
}

export const DEFAULT_FEATURE_OPTIONS: FeatureOptions = {
  scaling: 'standard',
  textBuckets: 0,
  categories: 'one-hot',
  indicateMissingCategories: false,
  cyclicDates: false,
  bagScaling: 'sum',
  identity: 'when-empty',
  structural: { degree: false, randomWalkSteps: 0, laplacianVectors: 0 },
  seed: 0,
};

export const CHOSEN_TEXT_BUCKETS = 1024;

/** More categories than this are not one-hot encoded, or not embedded. */
export const MAX_CATEGORIES = { 'one-hot': 500, embedded: 100_000 } as const;
