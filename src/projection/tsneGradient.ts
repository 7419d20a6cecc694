/** The gradient of t-SNE's divergence, with repulsion over all pairs or by a Barnes–Hut tree. */
import type { Quadtree } from '../core/quadtree.ts';
import type { SymmetricWeights } from './symmetricWeights.ts';

/** Adds the numerators Σ_j w² (y_i − y_j) to the forces and returns the normaliser Σ_{i≠j} w, w = 1 / (1 + |y_i − y_j|²). */
export type Repulsion = (forceX: Float64Array, forceY: Float64Array) => number;

/** Every pair; the reference of the tree. O(n²). */
export function exactRepulsion(x: Float64Array, y: Float64Array): Repulsion {
  return (forceX, forceY) => {
    let total = 0;
    for (let i = 0; i < x.length; i++) {
      for (let j = i + 1; j < x.length; j++) {
        const dx = (x[i] as number) - (x[j] as number);
        const dy = (y[i] as number) - (y[j] as number);
        const weight = 1 / (1 + dx * dx + dy * dy);
        const square = weight * weight;
        total += 2 * weight;
        forceX[i] = (forceX[i] as number) + square * dx;
        forceY[i] = (forceY[i] as number) + square * dy;
        forceX[j] = (forceX[j] as number) - square * dx;
        forceY[j] = (forceY[j] as number) - square * dy;
      }
    }
    return total;
  };
}

/** Far groups of points as one, seen under the opening angle theta. O(n log n). */
export function treeRepulsion(tree: Quadtree, n: number, theta: number): Repulsion {
  return (forceX, forceY) => {
    tree.build(0, n);
    return tree.repelStudent(theta, forceX, forceY);
  };
}

/**
 * Writes ∂KL/∂y_i = 4 Σ_j (e p_ij − q_ij) w (y_i − y_j) with q = w / Σ w, where e is the early exaggeration.
 *
 * Source: van der Maaten & Hinton 2008, "Visualizing Data using t-SNE", JMLR 9, equation 5. O(stored pairs) + repulsion.
 */
export function tsneGradient(
  { n, rowPtr, colIndex, weight: p }: SymmetricWeights,
  x: Float64Array,
  y: Float64Array,
  exaggeration: number,
  repulsion: Repulsion,
  gradientX: Float64Array,
  gradientY: Float64Array,
): void {
  gradientX.fill(0);
  gradientY.fill(0);
  const total = repulsion(gradientX, gradientY);
  for (let row = 0; row < n; row++) {
    let sumX = 0;
    let sumY = 0;
    for (let at = rowPtr[row] as number; at < (rowPtr[row + 1] as number); at++) {
      const other = colIndex[at] as number;
      const dx = (x[row] as number) - (x[other] as number);
      const dy = (y[row] as number) - (y[other] as number);
      const pull = (p[at] as number) / (1 + dx * dx + dy * dy);
      sumX += pull * dx;
      sumY += pull * dy;
    }
    gradientX[row] = 4 * (exaggeration * sumX - (gradientX[row] as number) / total);
    gradientY[row] = 4 * (exaggeration * sumY - (gradientY[row] as number) / total);
  }
}
