/**
 * Colour and width of every edge under the chosen style, in few groups: a painter strokes one path per group, because a
 * path per edge would take seconds. Pure.
 */
import { type Graph, numEdges } from '../../core/graph.ts';
import type { ViewStyle } from '../../state/viewStyle.ts';
import { columnOf } from '../../state/viewStyle.ts';
import { type ColumnValues, edgeValues, relationValues } from './columnValues.ts';
import { magnitudeShare } from './magnitudes.ts';
import { cssOf, RAMPS, rampAt, REST_CSS } from './palette.ts';
import { valueScale } from './valueScale.ts';

export interface EdgeGroup {
  /** null = the theme's colour of edges. */
  readonly css: string | null;
  /** CSS px; null = a hairline. */
  readonly widthPx: number | null;
}

export interface EdgeMarks {
  readonly groups: readonly EdgeGroup[];
  /** [E] index into `groups`. */
  readonly groupOf: Uint8Array;
}

export type EdgeStyle = Pick<ViewStyle, 'edgeColourBy' | 'edgeWidthBy' | 'ramp' | 'scale' | 'midpoint'>;

/** Steps of a ramp and of the width: more would make more groups than the eye tells apart on thin lines. */
const NUM_COLOUR_STEPS = 16;
const NUM_WIDTHS = 6;
export const WIDTH_PX = { min: 0.8, max: 5 } as const;

export const widthAt = (share: number): number => WIDTH_PX.min + share * (WIDTH_PX.max - WIDTH_PX.min);

/** The values that the colour of edges is read from; null = one colour, also for a column the graph lacks. */
export function edgeColourValues(graph: Graph, { edgeColourBy }: EdgeStyle): ColumnValues | null {
  if (edgeColourBy === 'relation') return relationValues(graph);
  const name = columnOf(edgeColourBy);
  return name === null ? null : edgeValues(graph, name);
}

/** The numbers that the width of edges is read from; null = all alike. */
export function edgeWidthValues(graph: Graph, { edgeWidthBy }: EdgeStyle) {
  const name = columnOf(edgeWidthBy);
  const values = name === null ? null : edgeValues(graph, name);
  return values?.kind === 'numeric' && values.min <= values.max ? values : null;
}

/** Returns groups by colour and width, or null when all edges are alike. O(E). */
export function edgeMarks(graph: Graph, style: EdgeStyle): EdgeMarks | null {
  const colours = edgeColourValues(graph, style);
  const widths = edgeWidthValues(graph, style);
  if (colours === null && widths === null) return null;
  const cssAt = colours === null ? () => null : edgeColours(colours, style);
  const groups: EdgeGroup[] = [];
  const known = new Map<string, number>();
  const groupOf = new Uint8Array(numEdges(graph));
  for (let edge = 0; edge < groupOf.length; edge++) {
    const css = cssAt(edge);
    const share = widths === null ? null : magnitudeShare(widths, widths.values[edge] as number);
    const widthPx = share === null ? null : widthAt(Math.round(share * (NUM_WIDTHS - 1)) / (NUM_WIDTHS - 1));
    const key = `${css} ${widthPx}`;
    let group = known.get(key);
    if (group === undefined) {
      group = groups.length;
      known.set(key, group);
      groups.push({ css, widthPx });
    }
    groupOf[edge] = group;
  }
  return { groups, groupOf };
}

/** At most 17 colours, so that with six widths a group number fits a byte. */
function edgeColours(values: ColumnValues, style: EdgeStyle): (edge: number) => string {
  if (values.kind === 'category') {
    return (edge) => values.scale.css[values.codes[edge] as number] ?? REST_CSS;
  }
  const scale = valueScale(values, style);
  const colours = Array.from({ length: NUM_COLOUR_STEPS }, (_, step) =>
    cssOf(rampAt(RAMPS[style.ramp], step / (NUM_COLOUR_STEPS - 1))),
  );
  return (edge) => {
    const value = values.values[edge] as number;
    if (Number.isNaN(value)) return REST_CSS;
    const share = Math.min(1, Math.max(0, scale.ratioOf(value)));
    return colours[Math.round(share * (NUM_COLOUR_STEPS - 1))] as string;
  };
}
