/**
 * Colour and shape of every node under the chosen `colourBy`: the one reading that graph, embedding and image share.
 * Pure over the state; themes, dimming and highlights are the painters' business.
 */
import type { Graph } from '../../core/graph.ts';
import { numNodes } from '../../core/graph.ts';
import type { RunDescription } from '../../engine/runTypes.ts';
import { predictsNumbers } from '../../state/targets.ts';
import type { WorkbenchState } from '../../state/types.ts';
import { type CategoryValues, classValues, columnValues, nodeTypeValues } from './columnValues.ts';
import type { ColumnValues, NumericValues } from './columnValues.ts';
import { currentNumbers, numberScale, shareOf, targetNumbers } from './numberPredictions.ts';
import { rampColour, REST, RIGHT_CSS, rgbaOf, signedColour, WRONG_CSS } from './palette.ts';
import {
  confidenceAt,
  currentPredictions,
  descriptionFor,
  runScale,
  type RunView,
  severalLabelsRight,
  trueCodes,
} from './predictions.ts';

/** Shapes tell what colour alone must not: wrong, the part of the split, missing or unsure (hollow). */
export const SHAPE = { circle: 0, square: 1, diamond: 2, hollow: 3 } as const;
export type Shape = (typeof SHAPE)[keyof typeof SHAPE];

export interface NodeMarks {
  /** [N] packed 0xAABBGGRR. */
  readonly rgba: Uint32Array;
  /** [N] one of SHAPE. */
  readonly shape: Uint8Array;
}

/** Confidence under which a prediction is drawn hollow: less than even odds. */
const UNSURE_BELOW = 0.5;

export const PART_MARKS = [
  { name: 'not used', rgba: REST, shape: SHAPE.hollow },
  { name: 'train', rgba: rgbaOf('#0072b2'), shape: SHAPE.circle },
  { name: 'val', rgba: rgbaOf('#e69f00'), shape: SHAPE.square },
  { name: 'test', rgba: rgbaOf('#cc79a7'), shape: SHAPE.diamond },
] as const;

export const RIGHT_MARK = { rgba: rgbaOf(RIGHT_CSS), shape: SHAPE.circle } as const;
export const WRONG_MARK = { rgba: rgbaOf(WRONG_CSS), shape: SHAPE.diamond } as const;
/** Neutral fill of `none`: plain, but clearly there. */
export const PLAIN = rgbaOf('#7c8aa5');

export interface MarkState {
  readonly setup: WorkbenchState['setup'];
  readonly run: RunView;
  readonly view: Pick<WorkbenchState['view'], 'colourBy'>;
}

/** What `label` shows: classes of the target, its numbers, or node types when there is no target to show. */
export function labelValues(graph: Graph, setup: WorkbenchState['setup']): ColumnValues | null {
  const { target } = setup;
  const values = target === null ? null : columnValues(graph, target);
  if (target !== null && values?.kind === 'numeric' && !predictsNumbers(setup.task)) {
    return classValues(graph, target) ?? values;
  }
  if (values !== null) return values;
  return graph.nodeTypes.length > 1 ? nodeTypeValues(graph) : null;
}

/** Whether a change of colour means another prediction: numbers change a little with every epoch. */
export const hasDistinctPredictions = ({ view, run }: MarkState): boolean =>
  view.colourBy === 'prediction' && run.description?.outputKind !== 'value';

/** Returns marks of all nodes. O(N); a fresh pair of arrays each time, which the caller owns. */
export function nodeMarks(graph: Graph, state: MarkState): NodeMarks {
  const n = numNodes(graph);
  const marks: NodeMarks = { rgba: new Uint32Array(n).fill(REST), shape: new Uint8Array(n) };
  const { colourBy } = state.view;
  switch (colourBy) {
    case 'none':
      marks.rgba.fill(PLAIN);
      break;
    case 'prediction':
      markPredictions(graph, state, marks);
      break;
    case 'correct':
      markCorrectness(graph, state, marks);
      break;
    case 'split':
      markParts(graph, state, marks);
      break;
    case 'label':
      markValues(labelValues(graph, state.setup), marks);
      break;
    default:
      markValues(columnValues(graph, colourBy.slice('column:'.length)), marks);
  }
  return marks;
}

function markValues(values: ColumnValues | null, marks: NodeMarks): void {
  if (values === null) marks.rgba.fill(PLAIN);
  else if (values.kind === 'category') markCategories(values, marks);
  else markNumbers(values, marks);
}

function markCategories({ codes, scale }: CategoryValues, marks: NodeMarks): void {
  for (let node = 0; node < codes.length; node++) {
    const code = codes[node] as number;
    if (code < 0) marks.shape[node] = SHAPE.hollow;
    else marks.rgba[node] = scale.rgba[code] as number;
  }
}

function markNumbers({ values, min, max }: NumericValues, marks: NodeMarks): void {
  const span = max > min ? max - min : 1;
  for (let node = 0; node < values.length; node++) {
    const value = values[node] as number;
    if (Number.isNaN(value)) marks.shape[node] = SHAPE.hollow;
    else marks.rgba[node] = rampColour((value - min) / span);
  }
}

function markPredictions(graph: Graph, state: MarkState, marks: NodeMarks): void {
  const predictions = currentPredictions(graph, state.run);
  const description = descriptionFor(graph, state.run);
  marks.shape.fill(SHAPE.hollow);
  if (description?.outputKind === 'value') {
    markNumberPredictions(graph, state, description, marks);
    return;
  }
  if (predictions === null || description === null) return;
  const { rgba } = runScale(graph, description);
  for (let row = 0; row < predictions.codes.length; row++) {
    const node = predictions.start + row;
    marks.rgba[node] = rgba[predictions.codes[row] as number] ?? REST;
    const isUnsure = confidenceAt(predictions, row) < UNSURE_BELOW;
    marks.shape[node] = isUnsure ? SHAPE.hollow : SHAPE.circle;
  }
}

function markNumberPredictions(
  graph: Graph,
  state: MarkState,
  description: RunDescription,
  marks: NodeMarks,
): void {
  const predictions = currentNumbers(graph, state.run);
  const scale = numberScale(graph, description);
  predictions?.values.forEach((value, row) => {
    if (Number.isNaN(value)) return;
    marks.rgba[predictions.start + row] = rampColour(shareOf(scale, value));
    marks.shape[predictions.start + row] = SHAPE.circle;
  });
}

/** Predicted minus true: blue where the model says too little, orange where too much. */
function markErrors(graph: Graph, state: MarkState, description: RunDescription, marks: NodeMarks): void {
  const predictions = currentNumbers(graph, state.run);
  const truth = targetNumbers(graph, description.config.target);
  const { errorLimit } = numberScale(graph, description);
  if (predictions === null || truth === null) return;
  predictions.values.forEach((value, row) => {
    const error = value - (truth.values[predictions.start + row] as number);
    if (Number.isNaN(error)) return;
    marks.rgba[predictions.start + row] = signedColour(errorLimit > 0 ? error / errorLimit : 0);
    marks.shape[predictions.start + row] = SHAPE.circle;
  });
}

function markSeveralLabels(state: MarkState, description: RunDescription, marks: NodeMarks): void {
  const right = severalLabelsRight(state.run.result, description.classes.length);
  right?.forEach((value, row) => {
    if (value < 0) return;
    const mark = value === 1 ? RIGHT_MARK : WRONG_MARK;
    marks.rgba[description.nodeRange[0] + row] = mark.rgba;
    marks.shape[description.nodeRange[0] + row] = mark.shape;
  });
}

function markCorrectness(graph: Graph, state: MarkState, marks: NodeMarks): void {
  const predictions = currentPredictions(graph, state.run);
  const description = descriptionFor(graph, state.run);
  if (description?.outputKind === 'value' || description?.outputKind === 'labels') {
    marks.shape.fill(SHAPE.hollow);
    if (description.outputKind === 'value') markErrors(graph, state, description, marks);
    else markSeveralLabels(state, description, marks);
    return;
  }
  const truth = description === null ? null : trueCodes(graph, description);
  marks.shape.fill(SHAPE.hollow);
  if (predictions === null || truth === null) return;
  for (let row = 0; row < predictions.codes.length; row++) {
    const node = predictions.start + row;
    const expected = truth[node] as number;
    if (expected < 0) continue;
    const mark = expected === predictions.codes[row] ? RIGHT_MARK : WRONG_MARK;
    marks.rgba[node] = mark.rgba;
    marks.shape[node] = mark.shape;
  }
}

/** Part of the split per node (0 none, 1 train, 2 val, 3 test), [N]; null while it is not known. */
export function nodeParts(graph: Graph, state: MarkState): Uint8Array | null {
  const description = descriptionFor(graph, state.run);
  const parts = new Uint8Array(numNodes(graph));
  if (description !== null && state.run.result !== null) {
    parts.set(state.run.result.parts, description.nodeRange[0]);
    return parts;
  }
  const name = state.setup.split.startsWith('column:') ? state.setup.split.slice(7) : 'split';
  const isRead = /^(public$|auto$|column:)/.test(state.setup.split);
  const values = isRead ? columnValues(graph, name) : null;
  if (values?.kind !== 'category') return null;
  const partOf = values.scale.names.map((part) =>
    Math.max(
      0,
      PART_MARKS.findIndex((m) => m.name === part),
    ),
  );
  for (let node = 0; node < parts.length; node++) {
    const code = values.codes[node] as number;
    if (code >= 0) parts[node] = partOf[code] as number;
  }
  return parts;
}

function markParts(graph: Graph, state: MarkState, marks: NodeMarks): void {
  const parts = nodeParts(graph, state);
  for (let node = 0; node < marks.rgba.length; node++) {
    const mark = PART_MARKS[parts?.[node] ?? 0] ?? PART_MARKS[0];
    marks.rgba[node] = mark.rgba;
    marks.shape[node] = mark.shape;
  }
}
