/**
 * Where the parts of a disconnected graph go: the largest in the middle, the others in rings around it by size, isolated
 * nodes outermost. Works on circles only; what is inside them is each component's own layout.
 */

/** Free space between two circles, as a share of the smaller one's radius. */
const GAP_RATIO = 0.15;

/**
 * Writes the centres of circles that do not overlap, the first at 0. Rings are filled in the given order; in each the
 * free angle is spread evenly. Deterministic; continuous in the radii except where a circle changes its ring.
 * @param radius [C] positive, roughly descending
 * @param x      [C] receives the centres
 * O(C) for descending radii.
 */
export function packComponents(radius: Float64Array, x: Float64Array, y: Float64Array): void {
  if (radius.length === 0) return;
  x[0] = 0;
  y[0] = 0;
  let inner = padded(radius, 0);
  for (let start = 1; start < radius.length; ) {
    const ring = fillRing(radius, start, inner);
    placeRing(radius, start, ring, x, y);
    inner = ring.distance + ring.largest;
    start = ring.end;
  }
}

interface Ring {
  readonly end: number;
  /** Distance of the centres from the middle. */
  readonly distance: number;
  readonly largest: number;
  readonly freeAngle: number;
}

const padded = (radius: Float64Array, index: number): number => (radius[index] as number) * (1 + GAP_RATIO);

/** The angle under which a circle of that radius is seen from the middle; distance > radius because inner > 0. */
const angleOf = (radius: number, distance: number): number => 2 * Math.asin(Math.min(1, radius / distance));

function fillRing(radius: Float64Array, start: number, inner: number): Ring {
  let largest = padded(radius, start);
  let angle = angleOf(largest, inner + largest);
  let end = start + 1;
  while (end < radius.length) {
    const own = padded(radius, end);
    const nextLargest = Math.max(largest, own);
    let nextAngle = angle + angleOf(own, inner + nextLargest);
    if (nextLargest > largest) {
      nextAngle = 0;
      for (let at = start; at <= end; at++) nextAngle += angleOf(padded(radius, at), inner + nextLargest);
    }
    // Six equal circles fit around one exactly; rounding must not turn the sixth away.
    if (nextAngle > 2 * Math.PI + 1e-9) break;
    largest = nextLargest;
    angle = nextAngle;
    end++;
  }
  return { end, distance: inner + largest, largest, freeAngle: Math.max(0, 2 * Math.PI - angle) };
}

function placeRing(radius: Float64Array, start: number, ring: Ring, x: Float64Array, y: Float64Array): void {
  const gap = ring.freeAngle / (ring.end - start);
  let angle = 0;
  for (let at = start; at < ring.end; at++) {
    const half = angleOf(padded(radius, at), ring.distance) / 2;
    angle += half;
    x[at] = ring.distance * Math.cos(angle);
    y[at] = ring.distance * Math.sin(angle);
    angle += half + gap;
  }
}
