/** Edge lists that name each undirected edge from both ends, as adjacency matrices and edge indices do. */
import { type Column, isValid } from '../../core/columns.ts';
import { groupBy } from '../../core/sparseMatrix.ts';
import { GrowableInt32 } from '../bytes/growable.ts';

export interface FoldedRows {
  /** Edges that stay, ascending: of each pair of nodes the direction that has more edges, else from the lower number. */
  readonly rows: Int32Array;
  /** Edges without a counterpart in the other direction; self-loops need none. */
  readonly numUnmatched: number;
  /** Edges whose values differ from those of their counterpart. */
  readonly numDiffering: number;
}

/**
 * Matches the k-th edge u → v with the k-th edge v → u. Deterministic, expected O(E).
 * @param source [E] node indices
 * @param columns values that a counterpart must have too
 */
export function foldMirrored(source: Int32Array, target: Int32Array, columns: readonly Column[]): FoldedRows {
  const { pairOf, numPairs } = numberPairs(source, target);
  const { ptr, perm } = groupBy(pairOf, numPairs);
  const isDropped = new Uint8Array(source.length);
  let numUnmatched = 0;
  let numDiffering = 0;
  const forward = new GrowableInt32();
  const backward = new GrowableInt32();
  for (let pair = 0; pair < numPairs; pair++) {
    forward.length = 0;
    backward.length = 0;
    for (let at = ptr[pair] as number; at < (ptr[pair + 1] as number); at++) {
      const edge = perm[at] as number;
      if ((source[edge] as number) <= (target[edge] as number)) forward.push(edge);
      else backward.push(edge);
    }
    const first = perm[ptr[pair] as number] as number;
    if (source[first] === target[first]) continue;
    const numMatched = Math.min(forward.length, backward.length);
    numUnmatched += Math.max(forward.length, backward.length) - numMatched;
    for (let k = 0; k < numMatched; k++) {
      if (!columns.every((column) => sameCell(column, forward.at(k), backward.at(k)))) numDiffering++;
    }
    const [fewer] = forward.length < backward.length ? [forward] : [backward];
    for (const edge of fewer.view()) isDropped[edge] = 1;
  }
  const rows = new GrowableInt32();
  for (let edge = 0; edge < source.length; edge++) if (isDropped[edge] === 0) rows.push(edge);
  return { rows: rows.finish(), numUnmatched, numDiffering };
}

/** Numbers the unordered pairs of nodes in order of first appearance, by open addressing. */
function numberPairs(source: Int32Array, target: Int32Array): { pairOf: Int32Array; numPairs: number } {
  let capacity = 16;
  while (capacity < source.length * 2) capacity *= 2;
  const mask = capacity - 1;
  /** First edge of the pair + 1; 0 = empty. */
  const slots = new Int32Array(capacity);
  const pairOf = new Int32Array(source.length);
  let numPairs = 0;
  for (let edge = 0; edge < source.length; edge++) {
    const low = Math.min(source[edge] as number, target[edge] as number);
    const high = Math.max(source[edge] as number, target[edge] as number);
    let hash = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let slot = (hash ^ (hash >>> 13)) & mask;
    for (;;) {
      const entry = slots[slot] as number;
      if (entry === 0) {
        slots[slot] = edge + 1;
        pairOf[edge] = numPairs++;
        break;
      }
      const [from, to] = [source[entry - 1] as number, target[entry - 1] as number];
      if (Math.min(from, to) === low && Math.max(from, to) === high) {
        pairOf[edge] = pairOf[entry - 1] as number;
        break;
      }
      slot = (slot + 1) & mask;
    }
  }
  return { pairOf, numPairs };
}

function sameCell(column: Column, a: number, b: number): boolean {
  if (isValid(column, a) !== isValid(column, b)) return false;
  if (!isValid(column, a)) return true;
  switch (column.kind) {
    case 'f32':
    case 'f64':
    case 'i32':
    case 'bool':
    case 'date':
      return column.values[a] === column.values[b];
    case 'category':
      return column.codes[a] === column.codes[b];
    case 'vector': {
      for (let at = 0; at < column.width; at++) {
        if (column.values[a * column.width + at] !== column.values[b * column.width + at]) return false;
      }
      return true;
    }
    case 'text':
    case 'sparse':
      return false;
    default:
      return column satisfies never;
  }
}
