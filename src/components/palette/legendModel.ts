/** What the legend says for the chosen `colourBy`, as data: the component and the image export draw the same model. */
import type { Graph } from '../../core/graph.ts';
import type { RunDescription } from '../../engine/runTypes.ts';
import { type ClassScale, type ColumnValues, columnValues } from './columnValues.ts';
import {
  labelValues,
  type MarkState,
  nodeParts,
  PART_MARKS,
  RIGHT_MARK,
  SHAPE,
  type Shape,
  WRONG_MARK,
} from './nodeMarks.ts';
import { numberScale } from './numberPredictions.ts';
import { cssOf, rampCss, REST_CSS, signedCss } from './palette.ts';
import { descriptionFor, runScale } from './predictions.ts';

export interface LegendItem {
  readonly label: string;
  readonly css: string;
  readonly shape: Shape;
  /** null where a count would change with every frame. */
  readonly count: number | null;
}

export type LegendModel =
  | { readonly kind: 'marks'; readonly title: string; readonly items: readonly LegendItem[] }
  | {
      readonly kind: 'ramp';
      readonly title: string;
      readonly from: string;
      readonly to: string;
      /** Colours at equal steps. */
      readonly css: readonly string[];
      /** What the colour cannot tell; '' = nothing. */
      readonly note: string;
    }
  | { readonly kind: 'empty'; readonly title: string; readonly note: string };

/** Most entries before the rest are summed up in one line, so that the legend never covers the graph. */
const MAX_ITEMS = 12;

const numbers = new Intl.NumberFormat('en', { maximumSignificantDigits: 4, useGrouping: 'min2' });

function scaleItems(scale: ClassScale, withCounts: boolean): LegendItem[] {
  const items: LegendItem[] = [];
  let numRest = 0;
  let restCount = 0;
  scale.names.forEach((label, code) => {
    const css = scale.css[code] as string;
    const count = scale.counts[code] ?? 0;
    if (css === REST_CSS || items.length >= MAX_ITEMS) {
      numRest += 1;
      restCount += count;
    } else items.push({ label, css, shape: SHAPE.circle, count: withCounts ? count : null });
  });
  if (numRest > 0) {
    const label = `${numRest} smaller classes`;
    items.push({ label, css: REST_CSS, shape: SHAPE.circle, count: withCounts ? restCount : null });
  }
  return items;
}

function valuesLegend(title: string, values: ColumnValues | null): LegendModel {
  if (values === null) return { kind: 'empty', title, note: 'Nothing to colour by' };
  if (values.kind === 'numeric') {
    const text = (value: number): string =>
      values.isDate ? new Date(value).toISOString().slice(0, 10) : numbers.format(value);
    if (values.min > values.max) return { kind: 'empty', title, note: 'Every value is missing' };
    return {
      kind: 'ramp',
      title,
      from: text(values.min),
      to: text(values.max),
      css: rampCss,
      note: values.values.some((value) => Number.isNaN(value)) ? 'hollow: no value' : '',
    };
  }
  const items = scaleItems(values.scale, true);
  let missing = 0;
  for (const code of values.codes) if (code < 0) missing += 1;
  if (missing > 0) items.push({ label: 'unlabelled', css: REST_CSS, shape: SHAPE.hollow, count: missing });
  return { kind: 'marks', title, items };
}

/** Returns the legend. O(N) for `label`, `split` and columns; call it when those change, not per frame. */
export function legendModel(graph: Graph, state: MarkState): LegendModel {
  const { colourBy } = state.view;
  const description = descriptionFor(graph, state.run);
  switch (colourBy) {
    case 'none':
      return { kind: 'empty', title: 'No colour', note: '' };
    case 'prediction':
      if (description?.outputKind === 'value') {
        const { min, max } = numberScale(graph, description);
        const title = `Predicted ${description.config.target ?? 'value'}`;
        return {
          kind: 'ramp',
          title,
          from: numbers.format(min),
          to: numbers.format(max),
          css: rampCss,
          note: '',
        };
      }
      if (description === null || description.classes.length === 0) {
        return { kind: 'empty', title: 'Prediction', note: 'Appears when a run starts' };
      }
      return {
        kind: 'marks',
        title: description.outputKind === 'labels' ? 'Likeliest label' : 'Prediction',
        items: [
          ...scaleItems(runScale(graph, description), false),
          { label: 'hollow: under 50 % sure', css: REST_CSS, shape: SHAPE.hollow, count: null },
        ],
      };
    case 'correct':
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
          { label: 'right', css: cssOf(RIGHT_MARK.rgba), shape: RIGHT_MARK.shape, count: null },
          { label: 'wrong', css: cssOf(WRONG_MARK.rgba), shape: WRONG_MARK.shape, count: null },
          { label: 'unlabelled', css: REST_CSS, shape: SHAPE.hollow, count: null },
        ],
      };
    case 'split':
      return splitLegend(nodeParts(graph, state));
    case 'label': {
      const values = labelValues(graph, state.setup);
      const isTarget = state.setup.target !== null && columnValues(graph, state.setup.target) !== null;
      const title = isTarget ? (state.setup.target ?? '') : values === null ? 'No label' : 'Node type';
      return valuesLegend(title, values);
    }
    default: {
      const name = colourBy.slice('column:'.length);
      return valuesLegend(name, columnValues(graph, name));
    }
  }
}

function errorLegend(graph: Graph, description: RunDescription): LegendModel {
  const limit = numbers.format(numberScale(graph, description).errorLimit);
  return {
    kind: 'ramp',
    title: 'Error',
    from: `−${limit}`,
    to: `+${limit}`,
    css: signedCss,
    note: 'blue: too low, orange: too high',
  };
}

function splitLegend(parts: Uint8Array | null): LegendModel {
  if (parts === null) return { kind: 'empty', title: 'Split', note: 'Known after training' };
  const counts = [0, 0, 0, 0];
  for (const part of parts) counts[part] = (counts[part] ?? 0) + 1;
  const items = PART_MARKS.map((mark, part) => ({
    label: mark.name,
    css: cssOf(mark.rgba),
    shape: mark.shape,
    count: counts[part] as number,
  })).filter((item) => item.count > 0);
  return { kind: 'marks', title: 'Split', items };
}
