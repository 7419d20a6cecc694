/**
 * The shapes a node can have and their geometry: all of the area of a circle of radius 1, so that no shape looks heavier.
 * A shape is a small number that fits a typed array; any of them can be hollow, which says missing or unsure. Pure.
 */

export const SHAPE = {
  circle: 0,
  square: 1,
  diamond: 2,
  hollow: 3,
  triangle: 4,
  star: 5,
  hexagon: 6,
} as const;
/** Added to a shape: only its outline is drawn. `SHAPE.hollow` is the hollow circle. */
const HOLLOW_FLAG = 8;
/** A value of SHAPE, or its hollow variant from `hollowOf`. */
export type Shape = number;

/** Shapes that tell classes apart, in the order in which classes take them. */
export const CLASS_SHAPES: readonly Shape[] = [
  SHAPE.circle,
  SHAPE.square,
  SHAPE.triangle,
  SHAPE.diamond,
  SHAPE.star,
  SHAPE.hexagon,
];

export const isHollow = (shape: Shape): boolean => shape === SHAPE.hollow || shape >= HOLLOW_FLAG;

/** The outline alone of a shape. */
export const hollowOf = (form: Shape): Shape =>
  form === SHAPE.circle || isHollow(form) ? (form >= HOLLOW_FLAG ? form : SHAPE.hollow) : form + HOLLOW_FLAG;

/** The shape without its being hollow. */
export const formOf = (shape: Shape): Shape => (shape === SHAPE.hollow ? SHAPE.circle : shape % HOLLOW_FLAG);

export type Corner = readonly [x: number, y: number];

/** Corners on a circle, the first at the top; every second one at `innerRadius` when it is given. */
function around(numCorners: number, radius: number, innerRadius = radius): readonly Corner[] {
  return Array.from({ length: numCorners }, (_, at): Corner => {
    const angle = (2 * Math.PI * at) / numCorners - Math.PI / 2;
    const reach = at % 2 === 0 ? radius : innerRadius;
    return [reach * Math.cos(angle), reach * Math.sin(angle)];
  });
}

/** Star: ten triangles of sides R and R / 2 with the angle 36°, area 2.5 R² sin 36°. */
const STAR_RADIUS = Math.sqrt(Math.PI / (2.5 * Math.sin(Math.PI / 5)));

const CORNERS: Readonly<Record<number, readonly Corner[]>> = {
  [SHAPE.square]: [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ].map(([x = 0, y = 0]): Corner => [(x * Math.sqrt(Math.PI)) / 2, (y * Math.sqrt(Math.PI)) / 2]),
  [SHAPE.diamond]: around(4, Math.sqrt(Math.PI / 2)),
  [SHAPE.triangle]: around(3, Math.sqrt((4 * Math.PI) / (3 * Math.sqrt(3)))),
  [SHAPE.star]: around(10, STAR_RADIUS, STAR_RADIUS / 2),
  [SHAPE.hexagon]: around(6, Math.sqrt((2 * Math.PI) / (3 * Math.sqrt(3)))),
};

/** Farthest corner of any shape from the centre, in radii. */
export const FARTHEST = Math.max(
  ...Object.values(CORNERS).flatMap((c) => c.map(([x, y]) => Math.hypot(x, y))),
);

/** Corners of the form around (0, 0) for radius 1, y downwards; null = the circle. */
export function shapeCorners(shape: Shape): readonly Corner[] | null {
  return CORNERS[formOf(shape)] ?? null;
}

/** Whether a row of the shape's pixels is always one run. */
export const isConvex = (shape: Shape): boolean => formOf(shape) !== SHAPE.star;

/**
 * Signed distance of a point from the rim of a shape of that radius, negative inside: distance to the nearest side of the
 * polygon, with the sign by the even–odd rule. O(corners).
 */
export function distanceFromRim(shape: Shape, x: number, y: number, radius: number): number {
  const corners = shapeCorners(shape);
  if (corners === null) return Math.hypot(x, y) - radius;
  let nearest = Infinity;
  let isInside = false;
  let [px, py] = (corners.at(-1) as Corner).map((part) => part * radius) as [number, number];
  for (const [ux, uy] of corners) {
    const [cx, cy] = [ux * radius, uy * radius];
    const [sideX, sideY] = [cx - px, cy - py];
    const along = ((x - px) * sideX + (y - py) * sideY) / (sideX * sideX + sideY * sideY);
    const t = Math.min(1, Math.max(0, along));
    nearest = Math.min(nearest, Math.hypot(x - px - t * sideX, y - py - t * sideY));
    if (cy > y !== py > y && x < (sideX * (y - cy)) / sideY + cx) isInside = !isInside;
    [px, py] = [cx, cy];
  }
  return isInside ? -nearest : nearest;
}
