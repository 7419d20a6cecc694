/**
 * The nodes of a graph sorted by connected component, with the local coordinates of each component around its own centre
 * and the place of that centre: a force layout moves nodes inside their component, packing moves whole components.
 */
import { connectedComponents } from '../core/graphMetrics/connectedComponents.ts';
import { type UndirectedAdjacency, undirectedAdjacency } from '../core/graphMetrics/undirectedAdjacency.ts';
import { randomSequence, STREAM } from '../core/random.ts';
import { groupBy } from '../core/sparseMatrix.ts';
import { type LayoutInput, NODE_SPACING } from './layoutTypes.ts';
import { packComponents } from './packComponents.ts';
import { pivotMds } from './pivotMds.ts';

export interface ComponentFrames {
  readonly numComponents: number;
  /** [C + 1] slots of component c are [ptr[c], ptr[c + 1]); a slot is a node in component order. */
  readonly ptr: Int32Array;
  /** [N] node of each slot. */
  readonly nodeOf: Int32Array;
  /** CSR over slots; a component's neighbours are within it. */
  readonly rowPtr: Int32Array;
  readonly colIndex: Int32Array;
  /** [N] local coordinates per slot. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** [C] centres. */
  readonly centreX: Float64Array;
  readonly centreY: Float64Array;
}

/** Start positions differ at least by this much (in spacings), so that twins with equal neighbours can part. */
const JITTER = 0.3;
/** Share by which a centre nears its packed place per step: components glide, also when they change rings. */
const GLIDE_RATIO = 0.25;

/** Radius of a disc that gives n nodes their space. */
export const discRadius = (numNodes: number): number => NODE_SPACING * Math.sqrt(numNodes / Math.PI);

/** Returns the frames with the seeded start: `pivotMds` per component, scaled to its disc. O(N + E) up to a constant. */
export function createComponentFrames(input: LayoutInput): ComponentFrames {
  const { numNodes, source, target } = input;
  const adjacency = undirectedAdjacency(numNodes, source, target);
  const { component, numComponents } = connectedComponents(numNodes, source, target);
  const { ptr, perm: nodeOf } = groupBy(component, numComponents);
  const { rowPtr, colIndex } = adjacencyOfSlots(adjacency, nodeOf);
  const frames: ComponentFrames = {
    numComponents,
    ptr,
    nodeOf,
    rowPtr,
    colIndex,
    x: new Float64Array(numNodes),
    y: new Float64Array(numNodes),
    centreX: new Float64Array(numComponents),
    centreY: new Float64Array(numComponents),
  };
  sketchComponents(frames, adjacency, input.seed);
  packComponents(componentRadii(frames), frames.centreX, frames.centreY);
  return frames;
}

/** Moves the frames to given node positions; the sketch is forgotten. Coincident nodes are parted a little. */
export function adoptPositions(frames: ComponentFrames, positions: Float32Array, seed: number): void {
  const random = randomSequence(seed, STREAM.layout, 1);
  const seen = new Set<string>();
  for (let slot = 0; slot < frames.nodeOf.length; slot++) {
    const node = frames.nodeOf[slot] as number;
    const x = positions[2 * node] as number;
    const y = positions[2 * node + 1] as number;
    const place = `${x} ${y}`;
    const parted = seen.has(place) ? JITTER * NODE_SPACING : 0;
    seen.add(place);
    frames.x[slot] = x + parted * (random.uniform() - 0.5);
    frames.y[slot] = y + parted * (random.uniform() - 0.5);
  }
  frames.centreX.fill(0);
  frames.centreY.fill(0);
  recentre(frames);
}

/** Shifts local coordinates so that every component's mean is 0; nothing moves on the screen. */
export function recentre(frames: ComponentFrames): void {
  const { ptr, x, y, centreX, centreY } = frames;
  for (let index = 0; index < frames.numComponents; index++) {
    const start = ptr[index] as number;
    const end = ptr[index + 1] as number;
    let meanX = 0;
    let meanY = 0;
    for (let slot = start; slot < end; slot++) {
      meanX += (x[slot] as number) / (end - start);
      meanY += (y[slot] as number) / (end - start);
    }
    for (let slot = start; slot < end; slot++) {
      x[slot] = (x[slot] as number) - meanX;
      y[slot] = (y[slot] as number) - meanY;
    }
    centreX[index] = (centreX[index] as number) + meanX;
    centreY[index] = (centreY[index] as number) + meanY;
  }
}

/** Moves the centres towards their packed places. */
export function glideComponents(frames: ComponentFrames): void {
  const goalX = new Float64Array(frames.numComponents);
  const goalY = new Float64Array(frames.numComponents);
  packComponents(componentRadii(frames), goalX, goalY);
  for (let index = 0; index < frames.numComponents; index++) {
    const x = frames.centreX[index] as number;
    const y = frames.centreY[index] as number;
    frames.centreX[index] = x + GLIDE_RATIO * ((goalX[index] as number) - x);
    frames.centreY[index] = y + GLIDE_RATIO * ((goalY[index] as number) - y);
  }
}

/**
 * Writes node positions [2 N]; returns the mean distance to the former ones.
 * @param isCentred the mean of all comes to 0; else everything stays where it is
 */
export function writePositions(frames: ComponentFrames, positions: Float32Array, isCentred = true): number {
  const { ptr, nodeOf, x, y, centreX, centreY } = frames;
  const [meanX, meanY] = isCentred ? meanCentre(frames) : [0, 0];
  let moved = 0;
  for (let index = 0; index < frames.numComponents; index++) {
    for (let slot = ptr[index] as number; slot < (ptr[index + 1] as number); slot++) {
      const at = 2 * (nodeOf[slot] as number);
      const newX = (x[slot] as number) + (centreX[index] as number) - meanX;
      const newY = (y[slot] as number) + (centreY[index] as number) - meanY;
      moved += Math.hypot(newX - (positions[at] as number), newY - (positions[at + 1] as number));
      positions[at] = newX;
      positions[at + 1] = newY;
    }
  }
  return moved / Math.max(1, nodeOf.length);
}

function meanCentre({ ptr, nodeOf, numComponents, centreX, centreY }: ComponentFrames): [number, number] {
  let meanX = 0;
  let meanY = 0;
  for (let index = 0; index < numComponents; index++) {
    const share = ((ptr[index + 1] as number) - (ptr[index] as number)) / nodeOf.length;
    meanX += share * (centreX[index] as number);
    meanY += share * (centreY[index] as number);
  }
  return [meanX, meanY];
}

/** Distance of each component's farthest node from its centre, plus the room of that node. */
function componentRadii(frames: ComponentFrames): Float64Array {
  const radii = new Float64Array(frames.numComponents);
  for (let index = 0; index < frames.numComponents; index++) {
    let farthest = 0;
    for (let slot = frames.ptr[index] as number; slot < (frames.ptr[index + 1] as number); slot++) {
      const x = frames.x[slot] as number;
      const y = frames.y[slot] as number;
      farthest = Math.max(farthest, x * x + y * y);
    }
    radii[index] = Math.sqrt(farthest) + NODE_SPACING / 2;
  }
  return radii;
}

function sketchComponents(frames: ComponentFrames, adjacency: UndirectedAdjacency, seed: number): void {
  const random = randomSequence(seed, STREAM.layout);
  const hops = new Int32Array(adjacency.numNodes);
  for (let index = 0; index < frames.numComponents; index++) {
    const start = frames.ptr[index] as number;
    const end = frames.ptr[index + 1] as number;
    if (end - start === 1) continue;
    const sketch = pivotMds(adjacency, frames.nodeOf.subarray(start, end), hops, random);
    // The mean square distance from the centre of a filled disc is half its squared radius.
    const scale = discRadius(end - start) / 2;
    for (let slot = start; slot < end; slot++) {
      frames.x[slot] =
        scale * (sketch[2 * (slot - start)] as number) + JITTER * NODE_SPACING * random.normal();
      frames.y[slot] =
        scale * (sketch[2 * (slot - start) + 1] as number) + JITTER * NODE_SPACING * random.normal();
    }
  }
  recentre(frames);
  frames.centreX.fill(0);
  frames.centreY.fill(0);
}

function adjacencyOfSlots(
  adjacency: UndirectedAdjacency,
  nodeOf: Int32Array,
): { readonly rowPtr: Int32Array; readonly colIndex: Int32Array } {
  const slotOf = new Int32Array(nodeOf.length);
  nodeOf.forEach((node, slot) => {
    slotOf[node] = slot;
  });
  const rowPtr = new Int32Array(nodeOf.length + 1);
  const colIndex = new Int32Array(adjacency.colIndex.length);
  let used = 0;
  nodeOf.forEach((node, slot) => {
    for (let at = adjacency.rowPtr[node] as number; at < (adjacency.rowPtr[node + 1] as number); at++) {
      colIndex[used++] = slotOf[adjacency.colIndex[at] as number] as number;
    }
    rowPtr[slot + 1] = used;
  });
  return { rowPtr, colIndex };
}
