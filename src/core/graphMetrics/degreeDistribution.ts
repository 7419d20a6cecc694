/** How uneven the degrees are, and whether nodes of like degree meet. */

export interface DegreeDistribution {
  /** Degrees that occur, ascending. */
  readonly degrees: readonly number[];
  /** Nodes of each of `degrees`. */
  readonly counts: readonly number[];
  readonly mean: number;
  readonly median: number;
  readonly max: number;
}

/**
 * Returns the exact histogram of degrees; at most √(4E) of them are distinct, so it stays small. All 0 for no nodes.
 * O(N + distinct log distinct).
 */
export function degreeDistribution(degree: Int32Array): DegreeDistribution {
  const countOf = new Map<number, number>();
  let sum = 0;
  for (const value of degree) {
    countOf.set(value, (countOf.get(value) ?? 0) + 1);
    sum += value;
  }
  const degrees = [...countOf.keys()].sort((a, b) => a - b);
  const counts = degrees.map((value) => countOf.get(value) as number);
  const atRank = (rank: number): number => {
    let below = 0;
    const at = counts.findIndex((count) => (below += count) > rank);
    return degrees[at] ?? 0;
  };
  const last = degree.length - 1;
  return {
    degrees,
    counts,
    mean: degree.length === 0 ? 0 : sum / degree.length,
    median: (atRank(Math.floor(last / 2)) + atRank(Math.ceil(last / 2))) / 2,
    max: degrees.at(-1) ?? 0,
  };
}

/** Number of edge ends at each node, [N]; a self-loop counts twice, parallel edges each. O(N + E). */
export function undirectedDegrees(numNodes: number, source: Int32Array, target: Int32Array): Int32Array {
  const degree = new Int32Array(numNodes);
  for (const ends of [source, target]) {
    for (const node of ends) degree[node] = (degree[node] as number) + 1;
  }
  return degree;
}

/**
 * Returns the share of possible edges that exist: 2E / (N (N − 1)) undirected, E / (N (N − 1)) directed; 0 for fewer
 * than two nodes. Loops and parallel edges count (as in networkx), so that a multigraph may exceed 1.
 */
export function density(numNodes: number, numEdges: number, isDirected: boolean): number {
  if (numNodes < 2) return 0;
  return ((isDirected ? 1 : 2) * numEdges) / numNodes / (numNodes - 1);
}

/**
 * Returns the degree assortativity in [−1, 1]: the Pearson correlation of the degrees at the two ends of an edge, each
 * edge read both ways, directions ignored; null where all degrees are equal or there is no edge. As in networkx a
 * self-loop adds 2 to its node's degree but is one pair.
 *
 * Source: Newman 2003, "Mixing patterns in networks", eq. 21, doi:10.1103/PhysRevE.67.026126.
 * O(N + E).
 */
export function degreeAssortativity(numNodes: number, source: Int32Array, target: Int32Array): number | null {
  const degree = undirectedDegrees(numNodes, source, target);
  const pairs = source.map((node, edge) => (node === target[edge] ? 1 : 2));
  let numPairs = 0;
  let sum = 0;
  for (let edge = 0; edge < source.length; edge++) {
    const share = (pairs[edge] as number) / 2;
    numPairs += 2 * share;
    sum += share * ((degree[source[edge] as number] as number) + (degree[target[edge] as number] as number));
  }
  // Differences from the mean: the textbook formula cancels on hubs of a million neighbours.
  const mean = sum / numPairs;
  let product = 0;
  let square = 0;
  for (let edge = 0; edge < source.length; edge++) {
    const a = (degree[source[edge] as number] as number) - mean;
    const b = (degree[target[edge] as number] as number) - mean;
    const count = pairs[edge] as number;
    product += count * a * b;
    square += (count / 2) * (a * a + b * b);
  }
  return square > 0 ? product / square : null;
}
