/**
 * Colours of the drawing surface itself: background, edges, text, highlight. A canvas cannot use CSS variables, so they
 * are read once per theme change from the tokens of `app/global.css`. The data's colours are in `palette.ts`.
 */

export interface CanvasTheme {
  readonly isDark: boolean;
  /** `#rrggbb` */
  readonly background: string;
  readonly edge: string;
  readonly text: string;
  readonly muted: string;
  readonly accent: string;
}

export const LIGHT_CANVAS: CanvasTheme = {
  isDark: false,
  background: '#f7f7f9',
  edge: '#60606b',
  text: '#1b1b21',
  muted: '#60606b',
  accent: '#5b5bd6',
};

const DARK_CANVAS: CanvasTheme = {
  isDark: true,
  background: '#111114',
  edge: '#a3a3b0',
  text: '#ededf0',
  muted: '#a3a3b0',
  accent: '#7d75e8',
};

/** Returns the tokens as the element sees them; a page without them (component tests) gets the same colours from here. */
export function readCanvasTheme(element: Element, isDark: boolean): CanvasTheme {
  const style = getComputedStyle(element);
  const fallback = isDark ? DARK_CANVAS : LIGHT_CANVAS;
  const token = (name: string, otherwise: string): string => {
    const value = style.getPropertyValue(name).trim();
    return value === '' ? otherwise : value;
  };
  return {
    isDark,
    background: token('--gw-canvas', fallback.background),
    edge: token('--gw-muted', fallback.edge),
    text: token('--gw-text', fallback.text),
    muted: token('--gw-muted', fallback.muted),
    accent: token('--gw-accent', fallback.accent),
  };
}
