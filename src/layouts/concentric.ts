/** Nodes in bands around a centre, the highest value inmost: hubs or cores in the middle, the rim outside. */
import { undirectedAdjacency, type UndirectedAdjacency } from '../core/graphMetrics/undirectedAdjacency.ts';
import { type ParameterSpec, resolveValues, type ValuesOf } from '../core/parameters.ts';
import { type LayoutDescriptor, type LayoutInput, NODE_SPACING } from './layoutTypes.ts';
import { coresOf, degreesOf } from './nodeMeasures.ts';
import { createStaticLayout, descendingOrder } from './staticLayout.ts';

const PARAMETERS = [
  {
    kind: 'choice',
    id: 'value',
    name: 'Bands by',
    help: 'What decides how near the middle a node is: the highest values are inmost, nodes without one outermost.',
    options: [
      { id: 'degree', name: 'Degree' },
      { id: 'core', name: 'Core number' },
    ],
    default: 'degree',
  },
  {
    kind: 'integer',
    id: 'bands',
    name: 'Bands',
    help: 'Most bands around the centre. With more distinct values than that, neighbouring ones share a band.',
    min: 1,
    max: 50,
    step: 1,
    default: 8,
  },
] as const satisfies readonly ParameterSpec[];

/** Free space between two bands, in spacings. */
const BAND_GAP = 1.8;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

export const concentric: LayoutDescriptor = {
  id: 'concentric',
  name: 'Concentric',
  summary: 'Bands around a centre: the nodes of highest degree, core number or column value inmost.',
  source:
    'standard; radial placement as in Brandes, Kenis & Wagner 2003, https://doi.org/10.1109/TVCG.2003.1196000',
  isStatic: true,
  parameters: PARAMETERS,
  columns: { value: 'numbers' },
  needs: null,
  create: (input) => createStaticLayout(input, concentricPlaces),
};

function concentricPlaces(input: LayoutInput): Float64Array {
  const { numNodes, source, target, numbers = {}, parameters = {} } = input;
  const { value, bands } = resolveValues(PARAMETERS, parameters) as ValuesOf<typeof PARAMETERS>;
  const adjacency = undirectedAdjacency(numNodes, source, target);
  const values = numbers['value'] ?? (value === 'core' ? coresOf(input) : degreesOf(input));
  const order = descendingOrder(values);
  const places = new Float64Array(2 * numNodes);
  const isPlaced = new Uint8Array(numNodes);
  const ends = bandEnds(order, values, bands);
  let inner = 0;
  let start = 0;
  for (const end of ends) {
    const members = order.slice(start, end);
    inner = placeBand(members, inner, adjacency, isPlaced, places) + BAND_GAP * NODE_SPACING;
    start = end;
  }
  return places;
}

/**
 * Where each band ends in the order. Every distinct value is a band of its own while they are few; else band i of B ends
 * at about N ((i + 1) / B)², for bands of like width, and equal values stay together.
 */
export function bandEnds(order: Int32Array, values: ArrayLike<number>, maxBands: number): number[] {
  const changes: number[] = [];
  for (let rank = 1; rank < order.length; rank++) {
    if (!Object.is(values[order[rank] as number], values[order[rank - 1] as number])) changes.push(rank);
  }
  if (order.length > 0) changes.push(order.length);
  if (changes.length <= maxBands) return changes;
  const ends: number[] = [];
  for (const change of changes) {
    const wanted = (order.length * (ends.length + 1) ** 2) / maxBands ** 2;
    if (change >= wanted || change === order.length) ends.push(change);
  }
  return ends;
}

/**
 * Places the members on rings from `inner` outwards, each near the mean direction of its placed neighbours, and returns
 * the radius of the outermost ring. Rings and the nodes on them are a spacing apart. O(n log n + entries).
 */
function placeBand(
  members: Int32Array,
  inner: number,
  adjacency: UndirectedAdjacency,
  isPlaced: Uint8Array,
  places: Float64Array,
): number {
  const wanted = Float64Array.from(members, (node) => wantedAngle(node, adjacency, isPlaced, places));
  const ranked = Int32Array.from(members, (_, at) => at).sort(
    (a, b) => (wanted[a] as number) - (wanted[b] as number) || a - b,
  );
  const { radius, angle, outer } = ringSlots(members.length, inner);
  const slots = Int32Array.from(members, (_, at) => at).sort(
    (a, b) => (angle[a] as number) - (angle[b] as number) || a - b,
  );
  ranked.forEach((member, rank) => {
    const node = members[member] as number;
    const slot = slots[rank] as number;
    places[2 * node] = (radius[slot] as number) * Math.cos(angle[slot] as number);
    places[2 * node + 1] = (radius[slot] as number) * Math.sin(angle[slot] as number);
  });
  for (const node of members) isPlaced[node] = 1;
  return outer;
}

interface RingSlots {
  readonly radius: Float64Array;
  /** In (−π, π], as `Math.atan2` has it. */
  readonly angle: Float64Array;
  readonly outer: number;
}

function ringSlots(count: number, inner: number): RingSlots {
  const radius = new Float64Array(count);
  const angle = new Float64Array(count);
  let ring = inner;
  // In the very middle is a node only when the whole band is that node.
  if (inner === 0 && count > 1) ring = NODE_SPACING / (2 * Math.sin(Math.PI / Math.min(6, count)));
  let rings = 0;
  for (let used = 0; used < count; ) {
    // As many chords of a spacing as the ring has room for; rounding must not turn the last one away.
    const chord = 2 * Math.asin(Math.min(1, NODE_SPACING / (2 * ring)));
    const capacity = ring === 0 ? 1 : Math.max(1, Math.floor((2 * Math.PI) / chord + 1e-9));
    const onRing = Math.min(capacity, count - used);
    // Every ring starts elsewhere, by the golden ratio: else their first nodes would stand in a row.
    const phase = ((inner / NODE_SPACING + rings++) * GOLDEN) % 1;
    for (let at = 0; at < onRing; at++) {
      radius[used + at] = ring;
      angle[used + at] = Math.PI - (2 * Math.PI * (at + phase)) / onRing;
    }
    used += onRing;
    if (used < count) ring += NODE_SPACING;
  }
  return { radius, angle, outer: ring };
}

/** Direction of the mean of the placed neighbours' places; 0 without any, or when they balance. */
function wantedAngle(
  node: number,
  { rowPtr, colIndex }: UndirectedAdjacency,
  isPlaced: Uint8Array,
  places: Float64Array,
): number {
  let x = 0;
  let y = 0;
  for (let at = rowPtr[node] as number; at < (rowPtr[node + 1] as number); at++) {
    const other = colIndex[at] as number;
    if (isPlaced[other] === 0) continue;
    x += places[2 * other] as number;
    y += places[2 * other + 1] as number;
  }
  return Math.atan2(y, x);
}
