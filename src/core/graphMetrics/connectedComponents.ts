/** Connected components of a graph whose directions are ignored (weak components). */
import { InvalidGraphError } from '../errors.ts';
import { renumberBySize } from './renumberBySize.ts';

export interface ConnectedComponents {
  /** [N] component of each node, 0 = the largest. */
  readonly component: Int32Array;
  readonly numComponents: number;
  /** [numComponents] nodes of each, descending. */
  readonly sizes: Int32Array;
}

/**
 * Returns the weakly connected components; a node without edges is one of its own.
 * Union–find with path halving and union by size, near O(N + E).
 * Source: Tarjan & van Leeuwen 1984, "Worst-case analysis of set union algorithms", doi:10.1145/62.2160.
 * @throws {InvalidGraphError} an end outside [0, numNodes)
 */
export function connectedComponents(
  numNodes: number,
  source: Int32Array,
  target: Int32Array,
): ConnectedComponents {
  const parent = Int32Array.from({ length: numNodes }, (_, node) => node);
  const size = new Int32Array(numNodes).fill(1);
  const root = (node: number): number => {
    let at = node;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number;
      at = parent[at] as number;
    }
    return at;
  };
  for (let edge = 0; edge < source.length; edge++) {
    const from = source[edge] as number;
    const to = target[edge] as number;
    if (!(from >= 0 && from < numNodes && to >= 0 && to < numNodes)) {
      throw new InvalidGraphError(`Edge ${edge} joins ${from} and ${to}; the graph has ${numNodes} nodes.`, {
        code: 'edge-end',
        remedy: 'Check the edge table against the node table.',
        details: { edge, source: from, target: to, numNodes },
      });
    }
    let large = root(from);
    let small = root(to);
    if (large === small) continue;
    if ((size[large] as number) < (size[small] as number)) [large, small] = [small, large];
    parent[small] = large;
    size[large] = (size[large] as number) + (size[small] as number);
  }
  const labels = Int32Array.from({ length: numNodes }, (_, node) => root(node));
  const { group, numGroups, sizes } = renumberBySize(labels, numNodes);
  return { component: group, numComponents: numGroups, sizes };
}
