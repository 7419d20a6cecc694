/**
 * The colours that carry data: categories, quantities, right and wrong. Pure; nothing here knows the theme, because the
 * same class must keep the same colour in every view, export and theme. Contrast with the background is the outline's
 * task (`outlineOf`), not the fill's.
 */

/** Okabe & Ito 2008, "Color Universal Design", without black, which a dark theme cannot show. */
const OKABE_ITO = ['#e69f00', '#56b4e9', '#009e73', '#f0e442', '#0072b2', '#d55e00', '#cc79a7'] as const;

/**
 * Ten colours for 8 classes and more, picked from the Tol and Petroff sets by largest smallest difference: CIE76 ≥ 22
 * between any two, and to `REST_CSS`, under normal vision and full protan-, deuter- and tritanopia (`palette.test.ts`).
 */
const TEN = [
  '#0077bb',
  '#ffa90e',
  '#cc3311',
  '#33bbee',
  '#7a4ce0',
  '#a96b59',
  '#c7e9c0',
  '#882255',
  '#ddcc77',
  '#332288',
] as const;

/** Classes beyond the ninth, missing values and whatever has no colour of its own. */
export const REST_CSS = '#8a8f98';
export const RIGHT_CSS = '#0072b2';
export const WRONG_CSS = '#d55e00';
/** Most classes that all keep a colour; above it only the `NUM_KEPT` largest do. */
const MAX_COLOURED = TEN.length;
const NUM_KEPT = 9;

/** A colour as a canvas pixel reads it on every little-endian machine: 0xAABBGGRR. */
export type Rgba = number;

export function rgbaOf(css: string): Rgba {
  const value = Number.parseInt(css.slice(1), 16);
  return (0xff000000 | ((value & 0xff) << 16) | (value & 0xff00) | (value >> 16)) >>> 0;
}

export function cssOf(rgba: Rgba): string {
  const value = ((rgba & 0xff) << 16) | (rgba & 0xff00) | ((rgba >>> 16) & 0xff);
  return `#${value.toString(16).padStart(6, '0')}`;
}

export const REST: Rgba = rgbaOf(REST_CSS);

/**
 * Returns one CSS colour per class. Up to seven classes take Okabe–Ito, up to ten the ten-colour set, in class order;
 * above ten the nine largest (ties: the earlier class) take the ten-colour set in class order and the rest share grey.
 * @param counts  [C] members per class; decides who keeps a colour above ten classes
 */
export function classColours(numClasses: number, counts: ArrayLike<number>): readonly string[] {
  if (numClasses <= OKABE_ITO.length) return OKABE_ITO.slice(0, numClasses);
  if (numClasses <= MAX_COLOURED) return TEN.slice(0, numClasses);
  const bySize = Array.from({ length: numClasses }, (_, code) => code).sort(
    (a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b,
  );
  const kept = new Set(bySize.slice(0, NUM_KEPT));
  let next = 0;
  return Array.from({ length: numClasses }, (_, code) =>
    kept.has(code) ? (TEN[next++] as string) : REST_CSS,
  );
}

/** Anchors of matplotlib's viridis at equal steps (van der Walt & Smith 2015, CC0), interpolated in between. */
const VIRIDIS = [
  '#440154',
  '#472d7b',
  '#3b528b',
  '#2c728e',
  '#21918c',
  '#28ae80',
  '#5ec962',
  '#addc30',
  '#fde725',
].map(rgbaOf);

/** Linear mix of two colours, t in [0, 1]; alpha stays opaque. */
export function mixRgba(from: Rgba, to: Rgba, t: number): Rgba {
  const channel = (shift: number): number => {
    const a = (from >>> shift) & 0xff;
    const b = (to >>> shift) & 0xff;
    return Math.round(a + (b - a) * t) << shift;
  };
  return (0xff000000 | channel(16) | channel(8) | channel(0)) >>> 0;
}

/** Anchors of matplotlib's cividis at equal steps (Nuñez, Anderton & Renslow 2018, CC0), interpolated in between. */
const CIVIDIS = [
  '#00224e',
  '#002e6a',
  '#1a386f',
  '#32436d',
  '#434e6c',
  '#535a6d',
  '#61656f',
  '#6f7073',
  '#7d7c78',
  '#8c8878',
  '#9b9476',
  '#aba072',
  '#bcae6c',
  '#cdbb63',
  '#dec958',
  '#f0d846',
  '#fee838',
].map(rgbaOf);

/** Anchors of ColorBrewer's PuOr turned to blue and orange (Brewer 2002, Apache 2.0): too low, right, too high. */
const SIGNED = ['#08519c', '#4a90c8', '#b9d3e6', '#e4e1dc', '#f3c48f', '#e0803a', '#a63f03'].map(rgbaOf);

/** Sixty-four steps: finer ones cannot be told apart, and painters group nodes by colour. */
function stepsOf(anchors: readonly Rgba[]): readonly Rgba[] {
  return Array.from({ length: 64 }, (_, step) => {
    const at = (step / 63) * (anchors.length - 1);
    const index = Math.min(anchors.length - 2, Math.floor(at));
    return mixRgba(anchors[index] as Rgba, anchors[index + 1] as Rgba, at - index);
  });
}

/** A ramp of quantities: colours at equal steps, dense for painters and sparse for gradients. */
export interface Ramp {
  readonly steps: readonly Rgba[];
  readonly css: readonly string[];
}

const ramp = (anchors: readonly Rgba[]): Ramp => ({ steps: stepsOf(anchors), css: anchors.map(cssOf) });

export const RAMPS: Readonly<Record<'viridis' | 'cividis' | 'diverging', Ramp>> = {
  viridis: ramp(VIRIDIS),
  cividis: ramp(CIVIDIS),
  diverging: ramp(SIGNED),
};

/** Colour of a ramp at a ratio in [0, 1]; clamped outside. */
export function rampAt({ steps }: Ramp, ratio: number): Rgba {
  return steps[Math.round(Math.min(1, Math.max(0, ratio)) * (steps.length - 1))] as Rgba;
}

/** Viridis at a ratio in [0, 1]; clamped outside. */
export const rampColour = (ratio: number): Rgba => rampAt(RAMPS.viridis, ratio);

export const rampCss: readonly string[] = RAMPS.viridis.css;

/** Blue below, orange above, pale at 0; clamped outside [-1, 1]. */
export function signedColour(ratio: number): Rgba {
  const at = ((Math.min(1, Math.max(-1, ratio)) + 1) / 2) * (SIGNED.length - 1);
  const index = Math.min(SIGNED.length - 2, Math.floor(at));
  // In 8 steps per anchor: painters group nodes by colour.
  const share = Math.round((at - index) * 8) / 8;
  return mixRgba(SIGNED[index] as Rgba, SIGNED[index + 1] as Rgba, share);
}

export const signedCss: readonly string[] = SIGNED.map(cssOf);

/** Outline of a mark: its fill towards black (light theme) or white (dark theme), so that pale and deep fills both show. */
export const outlineOf = (rgba: Rgba, isDark: boolean): Rgba =>
  mixRgba(rgba, isDark ? 0xffffffff : 0xff000000, isDark ? 0.4 : 0.42);
