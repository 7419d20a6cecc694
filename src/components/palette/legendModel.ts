/** What the legend says for colour, shape, size and edges, as data: the component and the image export draw the same model. */
import { type Graph, isNodeDeleted } from '../../core/graph.ts';
import type { RunDescription } from '../../engine/runTypes.ts';
import type { SizeBy } from '../../state/types.ts';
import { columnOf, DEFAULT_STYLE, type ViewStyle } from '../../state/viewStyle.ts';
import {
  type CategoryValues,
  type ClassScale,
  type ColumnValues,
  columnValues,
  nodeTypeValues,
  type NumericValues,
} from './columnValues.ts';
import { edgeColourValues, edgeWidthValues } from './edgeMarks.ts';
import { originOf, sizeValues } from './magnitudes.ts';
import {
  confidenceScale,
  labelValues,
  type MarkState,
  nodeMarks,
  nodeParts,
  PART_MARKS,
  predictionScale,
  RIGHT_MARK,
  shapeValues,
  WRONG_MARK,
} from './nodeMarks.ts';
import { numberScale } from './numberPredictions.ts';
import { cssOf, RAMPS, REST_CSS, rgbaOf, signedCss } from './palette.ts';
import { descriptionFor, runScale } from './predictions.ts';
import { CLASS_SHAPES, formOf, isHollow, SHAPE, type Shape } from './shapes.ts';
import { valueScale, type ValueScale } from './valueScale.ts';

/** Which marks an entry stands for; null = any. */
export interface MarkMatch {
  readonly css: string | null;
  readonly form: Shape | null;
  readonly isHollow: boolean | null;
}

export interface LegendItem {
  readonly label: string;
  readonly css: string;
  readonly shape: Shape | 'line';
  /** null where a count would change with every frame. */
  readonly count: number | null;
  /** How to find its nodes; null where the entry is not about nodes. */
  readonly match: MarkMatch | null;
}

interface RampTick {
  readonly ratio: number;
  readonly label: string;
}

export type LegendModel =
  | { readonly kind: 'marks'; readonly title: string; readonly items: readonly LegendItem[] }
  | {
      readonly kind: 'ramp';
      readonly title: string;
      readonly from: string;
      readonly to: string;
      /** Round values between the ends. */
      readonly ticks: readonly RampTick[];
      /** Colours at equal steps. */
      readonly css: readonly string[];
      /** What the colour cannot tell; '' = nothing. */
      readonly note: string;
    }
  | {
      readonly kind: 'magnitudes';
      readonly title: string;
      readonly mark: 'disc' | 'line';
      /** Ascending; `share` of the range in [0, 1]. */
      readonly steps: readonly { readonly share: number; readonly label: string }[];
    }
  | { readonly kind: 'empty'; readonly title: string; readonly note: string };

export interface LegendState extends MarkState {
  readonly view: MarkState['view'] & { readonly sizeBy: SizeBy };
}

/** Most entries before the rest are summed up in one line, so that the legend never covers the graph. */
const MAX_ITEMS = 12;

const numbers = new Intl.NumberFormat('en', { maximumSignificantDigits: 4, useGrouping: 'min2' });

const valueText = (value: number, isDate: boolean): string =>
  isDate ? new Date(value).toISOString().slice(0, 10) : numbers.format(value);

const nodesOf = (css: string | null, shape: Shape): MarkMatch => ({
  css,
  form: null,
  isHollow: css === null || css === REST_CSS ? isHollow(shape) : null,
});

function scaleItems(scale: ClassScale, withCounts: boolean, mark: 'node' | 'line' = 'node'): LegendItem[] {
  const items: LegendItem[] = [];
  const shape = mark === 'line' ? 'line' : SHAPE.circle;
  const entry = (label: string, css: string, count: number): LegendItem => ({
    label,
    css,
    shape,
    count: withCounts ? count : null,
    match: shape === 'line' ? null : nodesOf(css, shape),
  });
  let numRest = 0;
  let restCount = 0;
  scale.names.forEach((label, code) => {
    const css = scale.css[code] as string;
    const count = scale.counts[code] ?? 0;
    if (css === REST_CSS || items.length >= MAX_ITEMS) {
      numRest += 1;
      restCount += count;
    } else items.push(entry(label, css, count));
  });
  if (numRest > 0) items.push(entry(`other (${numRest} smaller classes)`, REST_CSS, restCount));
  return items;
}

function rampLegend(
  title: string,
  scale: ValueScale,
  style: ViewStyle,
  note: string,
  text: (value: number) => string = (value) => numbers.format(value),
): LegendModel {
  const ticks = scale.ticks().map(({ ratio, value }) => ({ ratio, label: text(value) }));
  const { css } = RAMPS[style.ramp];
  return { kind: 'ramp', title, from: text(scale.min), to: text(scale.max), ticks, css, note };
}

function numbersLegend(title: string, values: NumericValues, style: ViewStyle, missing: string): LegendModel {
  if (values.min > values.max) return { kind: 'empty', title, note: 'Every value is missing' };
  const scale = valueScale(values, style);
  const notes = [
    ...(scale.isLog ? ['log scale'] : []),
    ...(values.values.some((value) => Number.isNaN(value)) ? [missing] : []),
  ];
  return rampLegend(title, scale, style, notes.join(', '), (value) => valueText(value, values.isDate));
}

function missingCount({ codes }: CategoryValues): number {
  let missing = 0;
  for (const code of codes) if (code < 0) missing += 1;
  return missing;
}

function valuesLegend(title: string, values: ColumnValues | null, style: ViewStyle): LegendModel {
  if (values === null) return { kind: 'empty', title, note: 'Nothing to colour by' };
  if (values.kind === 'numeric') return numbersLegend(title, values, style, 'hollow: no value');
  const items = scaleItems(values.scale, true);
  const missing = missingCount(values);
  if (missing > 0) {
    const match = nodesOf(REST_CSS, SHAPE.hollow);
    items.push({ label: 'unlabelled', css: REST_CSS, shape: SHAPE.hollow, count: missing, match });
  }
  return { kind: 'marks', title, items };
}

/** Returns the legend of the colours. O(N) for `label`, `split` and columns; call it when those change, not per frame. */
export function legendModel(graph: Graph, state: MarkState): LegendModel {
  const { colourBy, style = DEFAULT_STYLE } = state.view;
  switch (colourBy) {
    case 'none':
      return { kind: 'empty', title: 'No colour', note: '' };
    case 'type':
      return valuesLegend('Node type', nodeTypeValues(graph), style);
    case 'prediction':
      return predictionLegend(graph, state, style);
    case 'confidence': {
      const description = descriptionFor(graph, state.run);
      const title = 'Confidence';
      if (description === null) return { kind: 'empty', title, note: 'Appears when a run starts' };
      if (description.classes.length === 0) return { kind: 'empty', title, note: 'Only of predicted labels' };
      const percent = (share: number): string => `${Math.round(100 * share)}\u00a0%`;
      return rampLegend(title, confidenceScale(style), style, 'hollow: no prediction', percent);
    }
    case 'correct':
      return correctnessLegend(graph, state);
    case 'split':
      return splitLegend(nodeParts(graph, state));
    case 'label': {
      const values = labelValues(graph, state.setup);
      const isTarget = state.setup.target !== null && columnValues(graph, state.setup.target) !== null;
      const title = isTarget ? (state.setup.target ?? '') : values === null ? 'No label' : 'Node type';
      return valuesLegend(title, values, { ...style, scale: 'linear' });
    }
    default: {
      const name = columnOf(colourBy) ?? '';
      return valuesLegend(name, columnValues(graph, name), style);
    }
  }
}

function predictionLegend(graph: Graph, state: MarkState, style: ViewStyle): LegendModel {
  const description = descriptionFor(graph, state.run);
  if (description?.outputKind === 'value') {
    const title = `Predicted ${description.config.target ?? 'value'}`;
    return rampLegend(title, predictionScale(graph, description, style), style, '');
  }
  if (description === null || description.classes.length === 0) {
    return { kind: 'empty', title: 'Prediction', note: 'Appears when a run starts' };
  }
  return {
    kind: 'marks',
    title: description.outputKind === 'labels' ? 'Likeliest label' : 'Prediction',
    items: [
      ...scaleItems(runScale(graph, description), false),
      {
        label: 'hollow: under 50 % sure',
        css: REST_CSS,
        shape: SHAPE.hollow,
        count: null,
        match: nodesOf(null, SHAPE.hollow),
      },
    ],
  };
}

const plainItem = (label: string, css: string, shape: Shape, count: number | null = null): LegendItem => ({
  label,
  css,
  shape,
  count,
  match: nodesOf(css, shape),
});

function correctnessLegend(graph: Graph, state: MarkState): LegendModel {
  const description = descriptionFor(graph, state.run);
  if (description === null) {
    return { kind: 'empty', title: 'Right or wrong', note: 'Appears when a run starts' };
  }
  if (description.outputKind === 'value') return errorLegend(graph, description);
  if (description.outputKind === 'labels' && state.run.result === null) {
    return { kind: 'empty', title: 'Right or wrong', note: 'Known after training' };
  }
  return {
    kind: 'marks',
    title: 'Right or wrong',
    items: [
      plainItem('right', cssOf(RIGHT_MARK.rgba), RIGHT_MARK.shape),
      plainItem('wrong', cssOf(WRONG_MARK.rgba), WRONG_MARK.shape),
      plainItem('unlabelled', REST_CSS, SHAPE.hollow),
    ],
  };
}

function errorLegend(graph: Graph, description: RunDescription): LegendModel {
  const limit = numbers.format(numberScale(graph, description).errorLimit);
  return {
    kind: 'ramp',
    title: 'Error',
    from: `−${limit}`,
    to: `+${limit}`,
    ticks: [{ ratio: 0.5, label: '0' }],
    css: signedCss,
    note: 'blue: too low, orange: too high',
  };
}

function splitLegend(parts: Uint8Array | null): LegendModel {
  if (parts === null) return { kind: 'empty', title: 'Split', note: 'Known after training' };
  const counts = [0, 0, 0, 0];
  for (const part of parts) counts[part] = (counts[part] ?? 0) + 1;
  const items = PART_MARKS.map((mark, part) =>
    plainItem(mark.name, cssOf(mark.rgba), mark.shape, counts[part] as number),
  ).filter((item) => (item.count ?? 0) > 0);
  return { kind: 'marks', title: 'Split', items };
}

/** Neutral ink of entries that are about shape alone. */
const SHAPE_CSS = '#7c8aa5';

function shapeLegend(graph: Graph, style: ViewStyle): LegendModel[] {
  const values = shapeValues(graph, style.shapeBy);
  if (values === null) return [];
  const items = values.scale.names.map((label, code): LegendItem => {
    const shape = CLASS_SHAPES[code] ?? SHAPE.circle;
    const match = { css: null, form: shape, isHollow: null };
    return { label, css: SHAPE_CSS, shape, count: values.scale.counts[code] ?? 0, match };
  });
  return [{ kind: 'marks', title: columnOf(style.shapeBy) ?? 'Node type', items }];
}

/** Smallest, middle and largest value. */
function magnitudes(title: string, mark: 'disc' | 'line', values: NumericValues | null): LegendModel[] {
  if (values === null || !(values.max > values.min)) return [];
  const origin = originOf(values);
  const steps = [0, 0.5, 1].map((share) => {
    const value = origin + share * (values.max - origin);
    // Whole numbers stay whole: there is no degree of 8.5.
    const shown = Number.isInteger(values.max) && values.max >= 4 ? Math.round(value) : value;
    return { share, label: valueText(shown, values.isDate) };
  });
  return [{ kind: 'magnitudes', title, mark, steps }];
}

function edgeLegends(graph: Graph, style: ViewStyle): LegendModel[] {
  const colours = edgeColourValues(graph, style);
  const title = `Edges: ${columnOf(style.edgeColourBy) ?? 'relation'}`;
  const colour: LegendModel[] =
    colours === null
      ? []
      : colours.kind === 'numeric'
        ? [numbersLegend(title, colours, style, 'grey: no value')]
        : [{ kind: 'marks', title, items: edgeItems(colours) }];
  const widthTitle = `Edge width: ${columnOf(style.edgeWidthBy) ?? ''}`;
  return [...colour, ...magnitudes(widthTitle, 'line', edgeWidthValues(graph, style))];
}

function edgeItems(values: CategoryValues): LegendItem[] {
  const items = scaleItems(values.scale, true, 'line');
  const missing = missingCount(values);
  if (missing > 0)
    items.push({ label: 'no value', css: REST_CSS, shape: 'line', count: missing, match: null });
  return items;
}

/** Returns the whole legend: colour first, then shape, size and edges where they mean something. O(N + E). */
export function legendSections(graph: Graph, state: LegendState): readonly LegendModel[] {
  const { sizeBy, style = DEFAULT_STYLE } = state.view;
  const sizeTitle = `Size: ${columnOf(sizeBy) ?? 'degree'}`;
  return [
    legendModel(graph, state),
    ...shapeLegend(graph, style),
    ...magnitudes(sizeTitle, 'disc', sizeValues(graph, sizeBy)),
    ...edgeLegends(graph, style),
  ];
}

/** Nodes that are drawn as the entry says right now, ascending; deleted ones are left out. O(N). */
export function nodesMarked(graph: Graph, state: MarkState, match: MarkMatch): number[] {
  const { rgba, shape } = nodeMarks(graph, state);
  const wanted = match.css === null ? null : rgbaOf(match.css);
  const found: number[] = [];
  for (let node = 0; node < rgba.length; node++) {
    const mark = shape[node] as number;
    if (wanted !== null && rgba[node] !== wanted) continue;
    if (match.form !== null && formOf(mark) !== match.form) continue;
    if (match.isHollow !== null && isHollow(mark) !== match.isHollow) continue;
    if (!isNodeDeleted(graph, node)) found.push(node);
  }
  return found;
}
