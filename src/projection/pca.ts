/**
 * Live PCA: the projection of an embedding that changes while it is watched. Life-cycle: create one per run, call `project` for
 * every frame; it remembers axes and points of the frame before. Nothing to dispose.
 */
import { alignToPrevious, applyRotation } from './alignToPrevious.ts';
import { principalComponents } from './principalComponents.ts';

export interface ProjectedFrame {
  /** [2 n] fresh array, the caller's to keep or transfer. */
  readonly coordinates: Float32Array<ArrayBuffer>;
  /** Share of all variance along the two shown axes, each in [0, 1]; [0, 0] when there is none. */
  readonly explained: readonly [number, number];
}

export interface LiveProjection {
  /**
   * Returns the aligned two-dimensional PCA of the rows. A frame of another size starts anew.
   * @param embedding [n · d] row-major; read only
   * @throws {ShapeError} the embedding has not n · d values
   */
  project(embedding: Float32Array, n: number, d: number): ProjectedFrame;
}

/** Returns a projection without memory. Deterministic in the sequence of frames. */
export function createLiveProjection(): LiveProjection {
  let basis: Float64Array | null = null;
  let previous: Float32Array | null = null;
  return {
    project(embedding, n, d) {
      if (previous !== null && previous.length !== 2 * n) {
        basis = null;
        previous = null;
      }
      const result = principalComponents(embedding, n, d, basis);
      const coordinates = Float32Array.from(result.coordinates);
      const [first, second] = result.variance;
      let shares: readonly [number, number] = [first, second];
      if (previous !== null) {
        const rotation = alignToPrevious(coordinates, previous);
        applyRotation(coordinates, rotation);
        // Variance along the turned axes: the diagonal of Rᵀ diag(λ) R. Their sum stays.
        const [a, b, c, e] = rotation;
        shares = [first * a * a + second * c * c, first * b * b + second * e * e];
      }
      basis = result.basis;
      // A frame without extent has no direction to align to.
      if (first > 0) previous = coordinates.slice();
      const total = result.totalVariance;
      return { coordinates, explained: total > 0 ? [shares[0] / total, shares[1] / total] : [0, 0] };
    },
  };
}
