/**
 * How the graph is styled beyond `colourBy` and `sizeBy`: which columns and results drive palette, shape, names and edges.
 * Plain data; a column the open graph lacks counts as the default, so that one style serves many graphs.
 */

export type RampId = 'viridis' | 'cividis' | 'diverging';
/** `auto` takes logarithms where a few values are far above the rest. */
export type NumberScaleKind = 'auto' | 'linear' | 'log';
export type ShapeBy = 'none' | 'type' | `column:${string}`;
export type EdgeColourBy = 'none' | 'relation' | `column:${string}`;
export type EdgeWidthBy = 'same' | `column:${string}`;
export type NameBy = 'auto' | 'id' | `column:${string}`;
export type NameOrder = 'degree' | 'size';

export interface ViewStyle {
  /** Of quantities; categories have palettes of their own. */
  readonly ramp: RampId;
  readonly scale: NumberScaleKind;
  /** Where the diverging ramp is pale; null = 0 where the values have both signs, else halfway. */
  readonly midpoint: number | null;
  /** Smallest and largest node as multiples of the plain size. */
  readonly sizeRange: readonly [number, number];
  readonly shapeBy: ShapeBy;
  readonly nameBy: NameBy;
  /** Most names drawn at once, the most important first. */
  readonly nameBudget: number;
  readonly nameOrder: NameOrder;
  readonly edgeColourBy: EdgeColourBy;
  readonly edgeWidthBy: EdgeWidthBy;
}

export const DEFAULT_STYLE: ViewStyle = {
  ramp: 'viridis',
  scale: 'auto',
  midpoint: null,
  sizeRange: [0.75, 2.75],
  shapeBy: 'none',
  nameBy: 'auto',
  nameBudget: 30,
  nameOrder: 'degree',
  edgeColourBy: 'none',
  edgeWidthBy: 'same',
};

export const SIZE_LIMITS = { min: 0.5, max: 6 } as const;
export const MAX_NAMES = 200;

/** Name of the column that a setting reads, or null when it reads none. */
export function columnOf(setting: string): string | null {
  return setting.startsWith('column:') ? setting.slice('column:'.length) : null;
}
