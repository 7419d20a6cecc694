/** Modularity of a given partition, straight from the edge list: the yardstick of community detection. */

export interface ModularityInput {
  readonly numNodes: number;
  readonly source: Int32Array;
  readonly target: Int32Array;
  /** One per edge, or null when every edge weighs 1. */
  readonly weight?: ArrayLike<number> | null;
  /** [N] community of each node, ≥ 0. */
  readonly community: Int32Array;
  /** γ; 1 is Newman's definition, larger favours smaller communities. */
  readonly resolution?: number;
}

/**
 * Returns Q = Σ_c [ w_c / m − γ (d_c / 2m)² ]: w_c the weight of edges inside c, d_c the summed weighted degree of its
 * members (a self-loop counts twice), m the total weight. Directions are ignored; 0 for a graph without edges.
 *
 * Source: Newman & Girvan 2004, "Finding and evaluating community structure in networks", eq. 5,
 * doi:10.1103/PhysRevE.69.026113; γ from Reichardt & Bornholdt 2006, doi:10.1103/PhysRevE.74.016110.
 * O(N + E), summed in float64.
 */
export function modularity(input: ModularityInput): number {
  const { source, target, community, weight = null, resolution = 1 } = input;
  let numCommunities = 0;
  for (const label of community) numCommunities = Math.max(numCommunities, label + 1);
  const inside = new Float64Array(numCommunities);
  const degree = new Float64Array(numCommunities);
  let total = 0;
  for (let edge = 0; edge < source.length; edge++) {
    const value = weight === null ? 1 : (weight[edge] as number);
    const from = community[source[edge] as number] as number;
    const to = community[target[edge] as number] as number;
    total += value;
    degree[from] = (degree[from] as number) + value;
    degree[to] = (degree[to] as number) + value;
    if (from === to) inside[from] = (inside[from] as number) + value;
  }
  if (total === 0) return 0;
  let sum = 0;
  for (let label = 0; label < numCommunities; label++) {
    const share = (degree[label] as number) / (2 * total);
    sum += (inside[label] as number) / total - resolution * share * share;
  }
  return sum;
}
