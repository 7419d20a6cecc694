/**
 * Random graph of ogbn-arxiv's size for speed measurements: the recipe of the recorded baseline. Sources are uniform,
 * targets skewed towards low numbers (u³), every edge goes both ways, parallel edges stay.
 */
import { drawNormal, drawUniform } from '../src/core/random.ts';
import { groupBy, type SparseMatrix } from '../src/core/sparseMatrix.ts';

export interface SyntheticSize {
  readonly nodes: number;
  readonly edges: number;
  readonly features: number;
  readonly classes: number;
}

export const ARXIV_SIZE: SyntheticSize = { nodes: 169_343, edges: 1_166_243, features: 128, classes: 40 };

/** S = D̃^(−1/2) (A + I) D̃^(−1/2) of the random graph; symmetric, values included. */
export function syntheticPropagation({ nodes, edges }: SyntheticSize, seed: number): SparseMatrix {
  const total = 2 * edges + nodes;
  const [receiver, sender] = [new Int32Array(total), new Int32Array(total)];
  for (let edge = 0; edge < edges; edge++) {
    const source = Math.floor(drawUniform(seed, edge) * nodes);
    const target = Math.floor(drawUniform(seed + 1, edge) ** 3 * nodes);
    receiver[edge] = target;
    sender[edge] = source;
    receiver[edges + edge] = source;
    sender[edges + edge] = target;
  }
  for (let node = 0; node < nodes; node++) receiver[2 * edges + node] = sender[2 * edges + node] = node;
  const { ptr: rowPtr, perm } = groupBy(receiver, nodes);
  const colIndex = Int32Array.from(perm, (entry) => sender[entry] as number);
  const degree = (node: number): number => (rowPtr[node + 1] as number) - (rowPtr[node] as number);
  const values = Float32Array.from(
    perm,
    (entry) => 1 / Math.sqrt(degree(receiver[entry] as number) * degree(sender[entry] as number)),
  );
  return { rows: nodes, cols: nodes, rowPtr, colIndex, values };
}

/** [nodes · features] standard normal draws, repeating after a million: their values do not matter here. */
export function syntheticFeatures({ nodes, features }: SyntheticSize, seed: number): Float32Array {
  const period = Float32Array.from({ length: 1_000_003 }, (_, element) => drawNormal(seed + 2, element));
  return Float32Array.from({ length: nodes * features }, (_, at) => period[at % period.length] as number);
}

/** [nodes] uniform classes. */
export function syntheticLabels({ nodes, classes }: SyntheticSize, seed: number): Int32Array {
  return Int32Array.from({ length: nodes }, (_, node) => Math.floor(drawUniform(seed + 3, node) * classes));
}
