/**
 * What a run keeps on the device besides parameters: features and propagation matrices, uploaded once on first use and
 * disposed in one place. The model and its baselines share them.
 */
import { type Tensor2D, tensor2d } from '@tensorflow/tfjs-core';
import type { MessageGraph } from '../core/messageGraph.ts';
import { symmetricNormalisation } from '../core/transforms/symmetricNormalisation.ts';
import type { FeatureMatrix } from './features/encodeFeatures.ts';
import { type SparseTensors, uploadSparse } from './kernels/sparseTensors.ts';

export interface FeatureTensors {
  /** [N, Fs] or null */
  readonly sparse: SparseTensors | null;
  /** [N, Fd] or null */
  readonly dense: Tensor2D | null;
  readonly width: number;
}

export interface RunTensors {
  features(): FeatureTensors;
  /** S = D̃^(−1/2) Ã D̃^(−1/2) */
  symmetricPropagation(): SparseTensors;
  dispose(): void;
}

export function createRunTensors(features: FeatureMatrix, messageGraph: MessageGraph): RunTensors {
  let uploaded: FeatureTensors | null = null;
  let symmetric: SparseTensors | null = null;
  return {
    features() {
      uploaded ??= {
        sparse: features.sparse === null ? null : uploadSparse(features.sparse),
        dense:
          features.dense === null ? null : tensor2d(features.dense, [features.numNodes, features.denseWidth]),
        width: features.width,
      };
      return uploaded;
    },
    symmetricPropagation() {
      symmetric ??= uploadSparse(symmetricNormalisation(messageGraph));
      return symmetric;
    },
    dispose() {
      uploaded?.sparse?.dispose();
      uploaded?.dense?.dispose();
      symmetric?.dispose();
      uploaded = null;
      symmetric = null;
    },
  };
}
