/** Nodes on one circle, communities side by side: shows who links across, and costs one step. */
import { louvain } from '../core/graphMetrics/louvain.ts';
import { checkInitial } from './checkInitial.ts';
import { type Layout, type LayoutDescriptor, type LayoutInput, NODE_SPACING } from './layoutTypes.ts';

export const circular: LayoutDescriptor = {
  id: 'circular',
  name: 'Circular',
  summary: 'All nodes on one circle, in order of their communities.',
  source: 'standard; order by Louvain communities, https://doi.org/10.1088/1742-5468/2008/10/P10008',
  create: createCircular,
};

function createCircular(input: LayoutInput): Layout {
  checkInitial(input);
  const { numNodes } = input;
  const places = circlePlaces(input);
  const positions = input.initial === null ? places.slice() : input.initial.slice();
  const radius = circleRadius(numNodes);
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
      for (let at = 0; at < 2 * numNodes; at += 2) {
        const dx = (places[at] as number) - (positions[at] as number);
        const dy = (places[at + 1] as number) - (positions[at + 1] as number);
        moved += Math.hypot(dx, dy);
      }
      positions.set(places);
      iteration++;
      return moved / Math.max(1, numNodes) / Math.max(1, radius);
    },
  };
}

/** The circumference gives each node half the usual spacing, or a large circle would be empty inside. */
const circleRadius = (numNodes: number): number => (numNodes * NODE_SPACING) / 2 / (2 * Math.PI);

function circlePlaces(input: LayoutInput): Float32Array {
  const { community } = louvain(input);
  const order = Int32Array.from(community, (_, node) => node).sort(
    (a, b) => (community[a] as number) - (community[b] as number) || a - b,
  );
  const radius = circleRadius(input.numNodes);
  const places = new Float32Array(2 * input.numNodes);
  order.forEach((node, rank) => {
    // From the top, clockwise, as a clock is read; y points down on a screen.
    const angle = (2 * Math.PI * rank) / input.numNodes - Math.PI / 2;
    places[2 * node] = input.numNodes === 1 ? 0 : radius * Math.cos(angle);
    places[2 * node + 1] = input.numNodes === 1 ? 0 : radius * Math.sin(angle);
  });
  return places;
}
