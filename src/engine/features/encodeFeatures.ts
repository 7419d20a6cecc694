/** Features by the default encoding, for one graph; other options and other graphs: `fitFeatures`, `applyFeatures`. */
import type { Bitset } from '../../core/bitset.ts';
import { DEFAULT_FEATURE_OPTIONS } from './featureOptions.ts';
import type { EncodedFeatures, FeatureTable } from './featureTypes.ts';
import { fitAndApplyFeatures } from './fitFeatures.ts';

export type { EncodedFeatures, FeatureMatrix, FeatureTable } from './featureTypes.ts';

/**
 * Returns the encoded features of all node tables; tables without a column contribute nothing. When no table has any,
 * every node gets its own indicator (one-hot identity, N stored ones), which makes a GCN learn from structure alone.
 *
 * Encodings: numbers and dates (x − mean) / sd on training rows (sd 0 → 1), missing → 0 with an indicator column; bool
 * 0/1; category one-hot; vectors standardised per component; sparse rows scaled to sum |x| = 1, zero rows stay zero;
 * text as hashed words. O(stored cells).
 */
export function encodeFeatures(
  tables: readonly FeatureTable[],
  numNodes: number,
  train: Bitset,
): EncodedFeatures {
  return fitAndApplyFeatures(tables, numNodes, train, DEFAULT_FEATURE_OPTIONS).features;
}
