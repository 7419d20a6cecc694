/** Layouts whose places are worked out once: everything of the life-cycle but the places. */
import { ShapeError } from '../core/errors.ts';
import { checkInitial } from './checkInitial.ts';
import { type Layout, type LayoutInput, NODE_SPACING } from './layoutTypes.ts';

/**
 * Returns a layout whose first step moves every node to its place.
 * @param placesOf returns [2 N] places, centred or not
 */
export function createStaticLayout(
  input: LayoutInput,
  placesOf: (input: LayoutInput) => Float64Array,
): Layout {
  checkInitial(input);
  checkNumbers(input);
  const places = centred(placesOf(input));
  const positions = input.initial === null ? places.slice() : input.initial.slice();
  const radius = NODE_SPACING * Math.sqrt(Math.max(1, input.numNodes) / Math.PI);
  let iteration = 0;
  return {
    positions,
    get iteration() {
      return iteration;
    },
    get isConverged() {
      return iteration > 0;
    },
    step() {
      let moved = 0;
      for (let at = 0; at < places.length; at += 2) {
        const dx = (places[at] as number) - (positions[at] as number);
        const dy = (places[at + 1] as number) - (positions[at + 1] as number);
        moved += Math.hypot(dx, dy);
      }
      positions.set(places);
      iteration++;
      return moved / Math.max(1, input.numNodes) / radius;
    },
  };
}

/** Writes a block of rows for the nodes, left to right, `perRow` in each, from its top left corner. */
export function placeRows(
  nodes: ArrayLike<number>,
  perRow: number,
  corner: { readonly x: number; readonly y: number },
  places: Float64Array,
): void {
  for (let rank = 0; rank < nodes.length; rank++) {
    const node = nodes[rank] as number;
    places[2 * node] = corner.x + (rank % perRow) * NODE_SPACING;
    places[2 * node + 1] = corner.y + Math.floor(rank / perRow) * NODE_SPACING;
  }
}

/** Nodes in descending order of their numbers, equal ones by index, those without a number last. O(N log N). */
export function descendingOrder(numbers: ArrayLike<number>): Int32Array {
  const key = (node: number): number => {
    const value = numbers[node] as number;
    return Number.isNaN(value) ? -Infinity : value;
  };
  return Int32Array.from({ length: numbers.length }, (_, node) => node).sort((a, b) => {
    const [first, second] = [key(a), key(b)];
    return first === second ? a - b : first > second ? -1 : 1;
  });
}

function centred(places: Float64Array): Float32Array {
  let x = 0;
  let y = 0;
  for (let at = 0; at < places.length; at += 2) {
    x += places[at] as number;
    y += places[at + 1] as number;
  }
  const count = Math.max(1, places.length / 2);
  return Float32Array.from(places, (value, at) => value - (at % 2 === 0 ? x : y) / count);
}

function checkNumbers({ numbers = {}, numNodes }: LayoutInput): void {
  for (const [id, values] of Object.entries(numbers)) {
    if (values.length === numNodes) continue;
    throw new ShapeError(`Layout: '${id}' has ${values.length} numbers for ${numNodes} nodes.`, {
      code: 'layout-numbers',
      remedy: 'Give one number per node, NaN where there is none.',
      details: { id, expected: numNodes, received: values.length },
    });
  }
}
