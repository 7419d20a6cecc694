/**
 * A Barnes–Hut quadtree over points with mass, in typed arrays that are reused from step to step: far groups of points
 * repel as one. Two laws of repulsion: m₁ m₂ / d of force-directed layouts, and that of t-SNE's Student kernel.
 */

/** Cells are split this often at most: 2⁻²⁴ of the extent, the resolution of float32 positions. */
const MAX_DEPTH = 24;
const NONE = -1;

export interface Quadtree {
  /** Sorts the points [start, end) into the tree, the former ones out. O(n log n). The points must then stay in place. */
  build(start: number, end: number): void;
  /**
   * Adds to forceX[i], forceY[i] the repulsion strength · m_i Σ_j m_j (p_i − p_j) / |p_i − p_j|² on every point i of the
   * tree. A cell of
   * width w at distance d ≥ w / theta that does not hold the point itself counts as one mass at its centre of mass;
   * theta = 0 is the exact sum. Coincident points do not repel each other. O(N log N) for theta > 0.
   */
  repel(theta: number, strength: number, forceX: Float64Array, forceY: Float64Array): void;
  /**
   * Adds to the forces Σ_j m_i m_j w² (p_i − p_j) with w = 1 / (1 + |p_i − p_j|²), under the same rule for far cells, and
   * returns Σ_i Σ_{j≠i} m_i m_j w: numerators and normaliser of t-SNE's repulsion. Coincident points count with w = 1.
   * O(N log N) for theta > 0.
   */
  repelStudent(theta: number, forceX: Float64Array, forceY: Float64Array): number;
}

type Law = 'inverse' | 'student';

/**
 * Returns a tree over points whose arrays the caller keeps and moves between builds; `mass` must be positive.
 * Source: Barnes & Hut 1986, "A hierarchical O(N log N) force-calculation algorithm", doi:10.1038/324446a0.
 */
export function createQuadtree(x: Float64Array, y: Float64Array, mass: Float64Array): Quadtree {
  let cells = createCells(Math.max(16, 2 * x.length));
  // Points of one cell form a list: head[cell] → nextPoint → …; only cells at MAX_DEPTH hold more than one.
  const nextPoint = new Int32Array(x.length);
  const stack = new Int32Array(4 * MAX_DEPTH + 8);
  let numCells = 0;
  let first = 0;
  let last = 0;

  function addCell(centreX: number, centreY: number, half: number): number {
    if (numCells === cells.half.length) cells = grownCells(cells);
    const cell = numCells++;
    cells.child.fill(NONE, 4 * cell, 4 * cell + 4);
    cells.head[cell] = NONE;
    cells.isLeaf[cell] = 1;
    cells.centreX[cell] = centreX;
    cells.centreY[cell] = centreY;
    cells.half[cell] = half;
    cells.mass[cell] = 0;
    cells.massX[cell] = 0;
    cells.massY[cell] = 0;
    return cell;
  }

  function childFor(cell: number, point: number): number {
    const centreX = cells.centreX[cell] as number;
    const centreY = cells.centreY[cell] as number;
    const right = (x[point] as number) >= centreX ? 1 : 0;
    const below = (y[point] as number) >= centreY ? 2 : 0;
    const at = 4 * cell + right + below;
    const known = cells.child[at] as number;
    if (known !== NONE) return known;
    const quarter = (cells.half[cell] as number) / 2;
    const made = addCell(
      centreX + (right === 1 ? quarter : -quarter),
      centreY + (below === 2 ? quarter : -quarter),
      quarter,
    );
    cells.child[at] = made;
    return made;
  }

  function addMass(cell: number, point: number): void {
    const own = mass[point] as number;
    cells.mass[cell] = (cells.mass[cell] as number) + own;
    cells.massX[cell] = (cells.massX[cell] as number) + own * (x[point] as number);
    cells.massY[cell] = (cells.massY[cell] as number) + own * (y[point] as number);
  }

  function insert(point: number): void {
    let cell = 0;
    for (let depth = 0; ; depth++) {
      addMass(cell, point);
      const head = cells.head[cell] as number;
      if (cells.isLeaf[cell] === 1 && (head === NONE || depth === MAX_DEPTH)) {
        nextPoint[point] = head;
        cells.head[cell] = point;
        return;
      }
      if (cells.isLeaf[cell] === 1) {
        cells.isLeaf[cell] = 0;
        cells.head[cell] = NONE;
        const lower = childFor(cell, head);
        addMass(lower, head);
        nextPoint[head] = NONE;
        cells.head[lower] = head;
      }
      cell = childFor(cell, point);
    }
  }

  /** Returns the sum of m_i m_j w over the other points; 0 under the inverse law, which needs none. */
  function repelPoint(
    law: Law,
    point: number,
    thetaSquared: number,
    strength: number,
    forceX: Float64Array,
    forceY: Float64Array,
  ): number {
    const isStudent = law === 'student';
    const softening = isStudent ? 1 : 0;
    const px = x[point] as number;
    const py = y[point] as number;
    let sumX = 0;
    let sumY = 0;
    let total = 0;
    let depth = 0;
    stack[depth++] = 0;
    while (depth > 0) {
      const cell = stack[--depth] as number;
      const cellMass = cells.mass[cell] as number;
      if (cells.isLeaf[cell] === 1) {
        for (let at = cells.head[cell] as number; at !== NONE; at = nextPoint[at] as number) {
          const dx = px - (x[at] as number);
          const dy = py - (y[at] as number);
          const squared = dx * dx + dy * dy;
          if (at === point || squared + softening === 0) continue;
          const weight = 1 / (squared + softening);
          const pull = (mass[at] as number) * weight;
          const scale = isStudent ? pull * weight : pull;
          total += pull;
          sumX += dx * scale;
          sumY += dy * scale;
        }
        continue;
      }
      const dx = px - (cells.massX[cell] as number) / cellMass;
      const dy = py - (cells.massY[cell] as number) / cellMass;
      const squared = dx * dx + dy * dy;
      const half = cells.half[cell] as number;
      const isFar = 4 * half * half <= thetaSquared * squared;
      // Seen from inside, a cell's centre of mass contains the point itself: it would push itself.
      if (
        isFar &&
        !isInside(px - (cells.centreX[cell] as number), py - (cells.centreY[cell] as number), half)
      ) {
        const weight = 1 / (squared + softening);
        const scale = isStudent ? cellMass * weight * weight : cellMass * weight;
        total += cellMass * weight;
        sumX += dx * scale;
        sumY += dy * scale;
        continue;
      }
      for (let at = 4 * cell; at < 4 * cell + 4; at++) {
        const child = cells.child[at] as number;
        if (child !== NONE) stack[depth++] = child;
      }
    }
    const scale = strength * (mass[point] as number);
    forceX[point] = (forceX[point] as number) + scale * sumX;
    forceY[point] = (forceY[point] as number) + scale * sumY;
    return isStudent ? total * (mass[point] as number) : 0;
  }

  return {
    build(start, end) {
      first = start;
      last = end;
      numCells = 0;
      const [centreX, centreY, half] = boundingSquare(x.subarray(start, end), y.subarray(start, end));
      addCell(centreX, centreY, half);
      for (let point = start; point < end; point++) insert(point);
    },
    repel(theta, strength, forceX, forceY) {
      for (let point = first; point < last; point++) {
        repelPoint('inverse', point, theta * theta, strength, forceX, forceY);
      }
    },
    repelStudent(theta, forceX, forceY) {
      let total = 0;
      for (let point = first; point < last; point++) {
        total += repelPoint('student', point, theta * theta, 1, forceX, forceY);
      }
      return total;
    },
  };
}

const isInside = (dx: number, dy: number, half: number): boolean =>
  Math.abs(dx) <= half && Math.abs(dy) <= half;

interface Cells {
  /** [4 · cells] left/right + 2 · above/below, NONE where empty. */
  readonly child: Int32Array;
  readonly head: Int32Array;
  readonly isLeaf: Uint8Array;
  readonly centreX: Float64Array;
  readonly centreY: Float64Array;
  readonly half: Float64Array;
  readonly mass: Float64Array;
  /** Sums of mass · coordinate. */
  readonly massX: Float64Array;
  readonly massY: Float64Array;
}

function createCells(count: number): Cells {
  return {
    child: new Int32Array(4 * count),
    head: new Int32Array(count),
    isLeaf: new Uint8Array(count),
    centreX: new Float64Array(count),
    centreY: new Float64Array(count),
    half: new Float64Array(count),
    mass: new Float64Array(count),
    massX: new Float64Array(count),
    massY: new Float64Array(count),
  };
}

function grownCells(cells: Cells): Cells {
  const grown = createCells(2 * cells.half.length);
  for (const name of Object.keys(cells) as (keyof Cells)[]) grown[name].set(cells[name]);
  return grown;
}

function boundingSquare(x: Float64Array, y: Float64Array): [number, number, number] {
  let left = Infinity;
  let right = -Infinity;
  let top = Infinity;
  let bottom = -Infinity;
  for (let point = 0; point < x.length; point++) {
    left = Math.min(left, x[point] as number);
    right = Math.max(right, x[point] as number);
    top = Math.min(top, y[point] as number);
    bottom = Math.max(bottom, y[point] as number);
  }
  // Without points or extent any positive size serves.
  const half = Math.max(right - left, bottom - top, 0) / 2;
  return x.length === 0 ? [0, 0, 1] : [(left + right) / 2, (top + bottom) / 2, half > 0 ? half : 1];
}
