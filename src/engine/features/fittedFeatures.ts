/**
 * A fitted feature encoding as plain JSON: everything needed to encode another graph exactly as the one it was fitted
 * on. It is stored with a trained model; change its version with its meaning.
 */

export const FITTED_FEATURES_VERSION = 1;

interface FittedColumn {
  readonly column: string;
  /** Block of the feature matrix, and the encoder's columns [at, at + width) in it. */
  readonly block: 'dense' | 'sparse';
  readonly at: number;
  readonly width: number;
}

/** Numbers, true/false, dates and vectors: value c is (x − centre[c]) / spread[c], fill[c] where it is missing. */
export interface NumbersSpec {
  readonly kind: 'numbers' | 'date' | 'vector';
  readonly centre: readonly number[];
  readonly spread: readonly number[];
  readonly fill: readonly number[];
  /** One more column: 1 where a value of the row is missing. */
  readonly hasIndicator: boolean;
  /** Four more columns for dates: sine and cosine of weekday and month. */
  readonly isCyclic: boolean;
}
/** One column per category; rows of other values are 0, or have the indicator (last column). */
export interface CategorySpec {
  readonly kind: 'category';
  readonly style: 'one-hot' | 'embedded';
  readonly dictionary: readonly string[];
  readonly hasIndicator: boolean;
}
export interface BagSpec {
  readonly kind: 'bag';
  readonly scaling: 'sum' | 'l2' | 'none';
  readonly words: number;
}
export interface TextSpec {
  readonly kind: 'text';
  readonly hash: 'fnv1a-32';
  readonly buckets: number;
}
export type EncoderSpec = NumbersSpec | CategorySpec | BagSpec | TextSpec;
export type FittedEncoder = FittedColumn & EncoderSpec;

export interface FittedType {
  readonly type: string;
  readonly encoders: readonly FittedEncoder[];
}

/** One column per node of a type; type null = every node of the graph. */
export interface FittedIdentity {
  readonly type: string | null;
  readonly at: number;
  readonly count: number;
}

/** Structural columns, dense, for the nodes of all types: (x − centre) / spread. */
export interface FittedStructural {
  readonly degree: boolean;
  readonly randomWalkSteps: number;
  readonly laplacianVectors: number;
  readonly seed: number;
  readonly at: number;
  readonly width: number;
  readonly centre: readonly number[];
  readonly spread: readonly number[];
}

export interface FittedFeatures {
  readonly version: typeof FITTED_FEATURES_VERSION;
  readonly types: readonly FittedType[];
  readonly identity: readonly FittedIdentity[];
  readonly structural: FittedStructural | null;
  readonly sparseWidth: number;
  readonly denseWidth: number;
  /** True when some columns stand for single nodes: the encoding, and what is learned on it, fits no other graph. */
  readonly usesIdentity: boolean;
}

export const encoderWidth = (spec: EncoderSpec): number => {
  switch (spec.kind) {
    case 'numbers':
    case 'date':
    case 'vector':
      return spec.centre.length + (spec.hasIndicator ? 1 : 0) + (spec.isCyclic ? 4 : 0);
    case 'category':
      return spec.dictionary.length + (spec.hasIndicator ? 1 : 0);
    case 'bag':
      return spec.words;
    case 'text':
      return spec.buckets;
    default:
      return spec satisfies never;
  }
};
