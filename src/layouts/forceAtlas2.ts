/**
 * ForceAtlas2: nodes repel by their degree, edges pull, hubs push each other apart and clusters show. Every connected
 * component is laid out on its own and the components are packed (`componentFrames.ts`), so that nothing flies off.
 */
import { createQuadtree } from '../core/quadtree.ts';
import {
  adoptPositions,
  type ComponentFrames,
  createComponentFrames,
  discRadius,
  glideComponents,
  recentre,
  writePositions,
} from './componentFrames.ts';
import { type ParameterSpec, resolveValues, type ValuesOf } from '../core/parameters.ts';
import { checkInitial } from './checkInitial.ts';
import { type Layout, type LayoutDescriptor, type LayoutInput, NODE_SPACING } from './layoutTypes.ts';
import { holdPinned } from './pinnedNodes.ts';
import { createNodeSeparation } from './separateNodes.ts';

/** Opening angle of Barnes–Hut; the paper's default. */
const THETA = 1.2;
/** Centres of two nodes closer than this are pushed apart: the paper's forces alone put leaves of one hub on a heap. */
const MIN_DISTANCE = 0.45 * NODE_SPACING;
const JITTER_TOLERANCE = 1;
const MIN_EFFICIENCY = 0.05;
const MAX_SPEED = 1000;
/** No node moves farther than this share of its component's disc in one step. */
const MAX_MOVE_RATIO = 0.1;
/** After the hot steps that limit shrinks by this factor per step, so that dense graphs, which swing for ever, rest. */
const HOT_STEPS = 150;
const COOLING = 0.98;
/** Mean movement per step, in layout radii, below which nobody sees a difference. */
const CONVERGED_MOVE = 2e-4;
/** So many quiet steps in a row: between two swings a single one may be quiet. */
const QUIET_STEPS = 8;

const PARAMETERS = [
  {
    kind: 'number',
    id: 'gravity',
    name: 'Gravity',
    help: 'Pull to the centre of a connected part, as a share of the push that the whole part exerts at its rim.',
    min: 0,
    max: 5,
    step: 0.1,
    default: 0.3,
  },
  {
    kind: 'number',
    id: 'spread',
    name: 'Spread',
    help: 'How far apart the nodes come to rest: 2 is twice as far as usual.',
    min: 0.2,
    max: 5,
    step: 0.1,
    default: 1,
  },
  {
    kind: 'boolean',
    id: 'avoidsOverlap',
    name: 'Keep nodes apart',
    help: 'Pushes nodes apart that would lie on top of each other.',
    default: true,
  },
] as const satisfies readonly ParameterSpec[];

export const forceAtlas2: LayoutDescriptor = {
  id: 'force-atlas-2',
  name: 'ForceAtlas2',
  summary: 'Groups of linked nodes gather, hubs push apart; separate parts are packed around the largest.',
  source: 'Jacomy, Venturini, Heymann & Bastian 2014, https://doi.org/10.1371/journal.pone.0098679',
  isStatic: false,
  parameters: PARAMETERS,
  columns: {},
  needs: null,
  create: createForceAtlas2,
};

interface Simulation {
  readonly frames: ComponentFrames;
  /** Pull to a component's centre, as a share of the push that the whole component would exert at its rim. */
  readonly gravity: number;
  /** [N] degree + 1 per slot. */
  readonly mass: Float64Array;
  readonly forceX: Float64Array;
  readonly forceY: Float64Array;
  readonly lastForceX: Float64Array;
  readonly lastForceY: Float64Array;
  /** [C] strength of repulsion, chosen so that the component rests at the size of its disc. */
  readonly repulsion: Float64Array;
  /** [C] */
  readonly speed: Float64Array;
  readonly efficiency: Float64Array;
}

function createForceAtlas2(input: LayoutInput): Layout {
  checkInitial(input);
  const { gravity, spread, avoidsOverlap } = resolveValues(PARAMETERS, input.parameters ?? {}) as ValuesOf<
    typeof PARAMETERS
  >;
  const frames = createComponentFrames(input);
  const simulation = createSimulation(frames, gravity, spread);
  if (input.initial !== null) adoptPositions(frames, input.initial, input.seed);
  const pins = holdPinned(frames, input);
  const separation = avoidsOverlap ? createNodeSeparation(frames, MIN_DISTANCE) : null;
  const tree = createQuadtree(frames.x, frames.y, simulation.mass);
  const positions = new Float32Array(2 * input.numNodes);
  writePositions(frames, positions, pins === null);
  const radius = discRadius(Math.max(1, input.numNodes));
  let iteration = 0;
  let quietSteps = 0;
  let isConverged = input.numNodes < 2;
  return {
    positions,
    get iteration() {
      return iteration;
    },
    get isConverged() {
      return isConverged;
    },
    step() {
      const heat = COOLING ** Math.max(0, iteration - HOT_STEPS);
      for (let index = 0; index < frames.numComponents; index++) {
        const start = frames.ptr[index] as number;
        const end = frames.ptr[index + 1] as number;
        if (end - start === 1) continue;
        clearForces(simulation, start, end);
        tree.build(start, end);
        tree.repel(THETA, simulation.repulsion[index] as number, simulation.forceX, simulation.forceY);
        addAttraction(simulation, start, end);
        addGravity(simulation, index, start, end);
        moveComponent(simulation, index, start, end, heat);
      }
      separation?.step();
      pins?.hold();
      recentre(frames);
      // Parts move to their packed places only when nothing says where they are to be.
      if (pins === null) glideComponents(frames);
      const moved = writePositions(frames, positions, pins === null) / radius;
      iteration++;
      quietSteps = moved < CONVERGED_MOVE ? quietSteps + 1 : 0;
      isConverged ||= quietSteps === QUIET_STEPS;
      return moved;
    },
  };
}

function createSimulation(frames: ComponentFrames, gravity: number, spread: number): Simulation {
  const numSlots = frames.nodeOf.length;
  const zeros = (): Float64Array => new Float64Array(numSlots);
  const mass = Float64Array.from(
    { length: numSlots },
    (_, slot) => (frames.rowPtr[slot + 1] as number) - (frames.rowPtr[slot] as number) + 1,
  );
  return {
    frames,
    gravity,
    mass,
    forceX: zeros(),
    forceY: zeros(),
    lastForceX: zeros(),
    lastForceY: zeros(),
    // Repulsion grows as 1/d and attraction as d: lengths go with the square root of the strength.
    repulsion: Float64Array.from(
      { length: frames.numComponents },
      (_, index) => spread ** 2 * balancedRepulsion(frames, mass, gravity, index),
    ),
    speed: new Float64Array(frames.numComponents).fill(1),
    efficiency: new Float64Array(frames.numComponents).fill(1),
  };
}

/**
 * Returns the strength k of repulsion at which the sketch neither grows nor shrinks as a whole (its virial is zero):
 * Σ_edges d² = k [ Σ_{i<j} m_i m_j − g (M / R²) Σ m_i r_i² ], because a pair's push times its distance is k m_i m_j
 * wherever the two are. So every component comes to rest at about the size of its disc.
 */
function balancedRepulsion(
  frames: ComponentFrames,
  mass: Float64Array,
  gravity: number,
  index: number,
): number {
  const { ptr, rowPtr, colIndex, x, y } = frames;
  const start = ptr[index] as number;
  const end = ptr[index + 1] as number;
  let pull = 0;
  let total = 0;
  let squares = 0;
  let weightedSquares = 0;
  for (let slot = start; slot < end; slot++) {
    const own = mass[slot] as number;
    total += own;
    squares += own * own;
    weightedSquares += own * ((x[slot] as number) ** 2 + (y[slot] as number) ** 2);
    for (let at = rowPtr[slot] as number; at < (rowPtr[slot + 1] as number); at++) {
      const other = colIndex[at] as number;
      const distance = Math.hypot(
        (x[slot] as number) - (x[other] as number),
        (y[slot] as number) - (y[other] as number),
      );
      pull += (distance * distance) / 2;
    }
  }
  const pairs = (total * total - squares) / 2;
  const push = pairs - (gravity * total * weightedSquares) / discRadius(end - start) ** 2;
  // Gravity must not seem to do all the work, in a component whose mass lies at its rim.
  return pull > 0 ? pull / Math.max(push, 0.2 * pairs) : 1;
}

function clearForces(simulation: Simulation, start: number, end: number): void {
  const { forceX, forceY, lastForceX, lastForceY } = simulation;
  lastForceX.set(forceX.subarray(start, end), start);
  lastForceY.set(forceY.subarray(start, end), start);
  forceX.fill(0, start, end);
  forceY.fill(0, start, end);
}

function addAttraction(simulation: Simulation, start: number, end: number): void {
  const { forceX, forceY } = simulation;
  const { rowPtr, colIndex, x, y } = simulation.frames;
  for (let slot = start; slot < end; slot++) {
    const ownX = x[slot] as number;
    const ownY = y[slot] as number;
    let sumX = 0;
    let sumY = 0;
    for (let at = rowPtr[slot] as number; at < (rowPtr[slot + 1] as number); at++) {
      const other = colIndex[at] as number;
      sumX += (x[other] as number) - ownX;
      sumY += (y[other] as number) - ownY;
    }
    forceX[slot] = (forceX[slot] as number) + sumX;
    forceY[slot] = (forceY[slot] as number) + sumY;
  }
}

/** The paper's strong gravity, k g (M / R²) m r towards the centre: it reins in long chains more than the middle. */
function addGravity(simulation: Simulation, index: number, start: number, end: number): void {
  const { forceX, forceY, mass, repulsion, gravity } = simulation;
  const { x, y } = simulation.frames;
  let total = 0;
  for (let slot = start; slot < end; slot++) total += mass[slot] as number;
  const strength = (gravity * (repulsion[index] as number) * total) / discRadius(end - start) ** 2;
  for (let slot = start; slot < end; slot++) {
    const scale = strength * (mass[slot] as number);
    forceX[slot] = (forceX[slot] as number) - scale * (x[slot] as number);
    forceY[slot] = (forceY[slot] as number) - scale * (y[slot] as number);
  }
}

/**
 * Moves the nodes of one component by force times speed: fast where forces keep their direction, slow where they swing
 * (paper, "Adapting the local speed", "Adapting the global speed"; the jitter bounds and the efficiency are those of the
 * authors' implementation in Gephi).
 */
function moveComponent(
  simulation: Simulation,
  index: number,
  start: number,
  end: number,
  heat: number,
): void {
  const { forceX, forceY, lastForceX, lastForceY, mass } = simulation;
  const { x, y } = simulation.frames;
  let swinging = 0;
  let traction = 0;
  for (let slot = start; slot < end; slot++) {
    const fx = forceX[slot] as number;
    const fy = forceY[slot] as number;
    const lx = lastForceX[slot] as number;
    const ly = lastForceY[slot] as number;
    swinging += (mass[slot] as number) * Math.hypot(fx - lx, fy - ly);
    traction += ((mass[slot] as number) * Math.hypot(fx + lx, fy + ly)) / 2;
  }
  const limit = heat * MAX_MOVE_RATIO * discRadius(end - start);
  const speed = nextSpeed(simulation, index, end - start, swinging, traction);
  for (let slot = start; slot < end; slot++) {
    const fx = forceX[slot] as number;
    const fy = forceY[slot] as number;
    const swing =
      (mass[slot] as number) *
      Math.hypot(fx - (lastForceX[slot] as number), fy - (lastForceY[slot] as number));
    const factor = speed / (1 + Math.sqrt(speed * swing));
    const step = Math.hypot(fx, fy) * factor;
    const kept = step > limit ? (factor * limit) / step : factor;
    x[slot] = (x[slot] as number) + fx * kept;
    y[slot] = (y[slot] as number) + fy * kept;
  }
}

function nextSpeed(
  simulation: Simulation,
  index: number,
  numNodes: number,
  swinging: number,
  traction: number,
): number {
  const optimal = 0.05 * Math.sqrt(numNodes);
  const bounded = Math.max(Math.sqrt(optimal), Math.min(10, (optimal * traction) / (numNodes * numNodes)));
  let tolerance = JITTER_TOLERANCE * bounded;
  let efficiency = simulation.efficiency[index] as number;
  let speed = simulation.speed[index] as number;
  if (swinging > 2 * traction) {
    if (efficiency > MIN_EFFICIENCY) efficiency *= 0.5;
    tolerance = Math.max(tolerance, JITTER_TOLERANCE);
  }
  const target = swinging === 0 ? MAX_SPEED : (tolerance * efficiency * traction) / swinging;
  if (swinging > tolerance * traction) {
    if (efficiency > MIN_EFFICIENCY) efficiency *= 0.7;
  } else if (speed < MAX_SPEED) efficiency *= 1.3;
  speed += Math.min(target - speed, 0.5 * speed);
  simulation.efficiency[index] = efficiency;
  simulation.speed[index] = speed;
  return speed;
}
