/** Edges while they are found: growing arrays with a limit, handed over sorted. */
import { allocateInt32 } from '../buffers.ts';
import { groupBy } from '../sparseMatrix.ts';

const FIRST_CAPACITY = 1024;

export interface FoundEdges {
  /** [E] ascending by source, then target. */
  readonly source: Int32Array;
  readonly target: Int32Array;
  /** [E] what was pushed with the edge. */
  readonly value: Float64Array;
}

export interface EdgeBuffer {
  readonly length: number;
  /** Calls `refuse` when the buffer is full. */
  push(source: number, target: number, value: number): void;
  /** Values pushed so far, in order of their pushing; valid until the next push. */
  values(): Float64Array;
  /** O(edges + numNodes). */
  finish(numNodes: number): FoundEdges;
}

export function createEdgeBuffer(maxEdges: number, refuse: () => never): EdgeBuffer {
  let source = new Int32Array(FIRST_CAPACITY);
  let target = new Int32Array(FIRST_CAPACITY);
  let value = new Float64Array(FIRST_CAPACITY);
  let length = 0;
  const grow = (): void => {
    const capacity = Math.min(2 * length, Math.max(maxEdges, length + 1));
    const [sources, targets, values] = [source, target, value];
    source = new Int32Array(capacity);
    source.set(sources);
    target = new Int32Array(capacity);
    target.set(targets);
    value = new Float64Array(capacity);
    value.set(values);
  };
  return {
    get length() {
      return length;
    },
    push(from, to, carried) {
      if (length >= maxEdges) refuse();
      if (length === source.length) grow();
      source[length] = from;
      target[length] = to;
      value[length++] = carried;
    },
    values: () => value.subarray(0, length),
    finish(numNodes) {
      return sortEdges(source.subarray(0, length), target.subarray(0, length), value, numNodes);
    },
  };
}

/** Two stable counting sorts, the less significant key first. */
function sortEdges(
  source: Int32Array,
  target: Int32Array,
  value: Float64Array,
  numNodes: number,
): FoundEdges {
  const byTarget = groupBy(target, numNodes).perm;
  const bySource = groupBy(
    byTarget.map((edge) => source[edge] as number),
    numNodes,
  ).perm;
  const sorted = {
    source: allocateInt32(source.length),
    target: allocateInt32(source.length),
    value: new Float64Array(source.length),
  };
  for (let at = 0; at < source.length; at++) {
    const edge = byTarget[bySource[at] as number] as number;
    sorted.source[at] = source[edge] as number;
    sorted.target[at] = target[edge] as number;
    sorted.value[at] = value[edge] as number;
  }
  return sorted;
}
