/** Turns lists of nearest neighbours into edges: directed, or undirected by union or agreement. */
import { LimitError, TaskError } from '../errors.ts';
import type { ParameterSpec } from '../parameters.ts';
import { countOf } from './chosenColumns.ts';
import { createEdgeBuffer, type FoundEdges } from './edgeBuffer.ts';
import type { NeighbourLists } from './neighbourLists.ts';

export const K_SPEC = {
  kind: 'integer',
  id: 'k',
  name: 'Neighbours',
  help: 'How many nearest nodes each node chooses.',
  min: 1,
  max: 1000,
  step: 1,
  default: 10,
} as const satisfies ParameterSpec;

export const SYMMETRISE_SPEC = {
  kind: 'choice',
  id: 'symmetrise',
  name: 'Edges where',
  help: 'Either: an undirected edge where one of two nodes chose the other. Both: only where both did. Directed: an edge from each node to those it chose.',
  options: [
    { id: 'union', name: 'either chose the other' },
    { id: 'mutual', name: 'both chose each other' },
    { id: 'directed', name: 'directed to the chosen' },
  ],
  default: 'union',
} as const satisfies ParameterSpec;

export type Symmetrise = (typeof SYMMETRISE_SPEC)['options'][number]['id'];

/**
 * Refuses k before any work is done.
 * @throws {TaskError} k is not below the number of points
 * @throws {LimitError} lists so long that they make more than `maxEdges` edges whichever way
 */
export function checkNeighbourCount(k: number, size: number, maxEdges: number): void {
  if (k >= size) {
    throw new TaskError(`Each node cannot choose ${k} others: only ${size} nodes have a value.`, {
      code: 'edge-neighbours',
      remedy: `Set Neighbours to at most ${size - 1}.`,
      details: { k, size },
    });
  }
  // A union has at least half as many edges as there are entries; mutual lists need the same memory.
  if (size * k > 2 * maxEdges) refuseEdges(size * k, k, maxEdges);
}

function refuseEdges(entries: number, k: number, maxEdges: number): never {
  throw new LimitError(
    `${k} neighbours a node make up to ${entries.toLocaleString('en')} edges; the limit is ${maxEdges.toLocaleString('en')}.`,
    {
      code: 'edge-limit',
      remedy: `Set Neighbours to at most ${Math.max(1, Math.floor((maxEdges * k) / entries))}, or raise Most edges.`,
      details: { entries, k, maxEdges },
    },
  );
}

/**
 * Returns the edges between global nodes with their distances.
 * @param nodes [n] global index of each point, ascending
 * @throws {LimitError} more than `maxEdges` edges. O(n · k²), as agreement is looked up in the other's list.
 */
export function neighbourEdges(
  lists: NeighbourLists,
  nodes: Int32Array,
  symmetrise: Symmetrise,
  maxEdges: number,
  numNodes: number,
): FoundEdges {
  const { k, index, distance, size } = lists;
  const edges = createEdgeBuffer(maxEdges, () => refuseEdges(size * k, k, maxEdges));
  for (let row = 0; row < size; row++) {
    for (let at = row * k; at < (row + 1) * k; at++) {
      const other = index[at] as number;
      if (other < 0) break;
      if (!isWanted(lists, row, other, symmetrise)) continue;
      const isReversed = symmetrise !== 'directed' && other < row;
      const [from, to] = isReversed ? [other, row] : [row, other];
      edges.push(nodes[from] as number, nodes[to] as number, distance[at] as number);
    }
  }
  return edges.finish(numNodes);
}

/** An undirected pair that stands in both lists is taken from the list of its first node. */
function isWanted(lists: NeighbourLists, row: number, other: number, symmetrise: Symmetrise): boolean {
  if (symmetrise === 'directed') return true;
  const isMutual = lists.index.subarray(other * lists.k, (other + 1) * lists.k).includes(row);
  return symmetrise === 'mutual' ? isMutual && row < other : !isMutual || row < other;
}

/** A sentence about points whose list is empty, if any. */
export function lonelyNote(lists: NeighbourLists): string[] {
  let lonely = 0;
  for (let row = 0; row < lists.size; row++) if (lists.index[row * lists.k] === -1) lonely++;
  return lonely === 0 ? [] : [`${countOf(lonely, 'node')} share nothing with any other and chose none.`];
}
