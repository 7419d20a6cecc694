/**
 * Colour and shape of every node under the chosen `colourBy`: the one reading that graph, embedding and image share.
 * Pure over the state; themes, dimming and highlights are the painters' business.
 */
import type { Graph } from '../../core/graph.ts';
import { numNodes } from '../../core/graph.ts';
import type { RunDescription } from '../../engine/runTypes.ts';
import { predictsNumbers } from '../../state/targets.ts';
import type { WorkbenchState } from '../../state/types.ts';
import { columnOf, DEFAULT_STYLE, type ShapeBy, type ViewStyle } from '../../state/viewStyle.ts';
import { type CategoryValues, classValues, columnValues, nodeTypeValues } from './columnValues.ts';
import type { ColumnValues, NumericValues } from './columnValues.ts';
import { currentNumbers, numberScale, targetNumbers } from './numberPredictions.ts';
import { rampAt, RAMPS, REST, RIGHT_CSS, rgbaOf, signedColour, WRONG_CSS } from './palette.ts';
import {
  confidenceAt,
  currentPredictions,
  descriptionFor,
  runScale,
  type RunView,
  severalLabelsRight,
  trueCodes,
} from './predictions.ts';
import { CLASS_SHAPES, hollowOf, isHollow, SHAPE } from './shapes.ts';
import { valueScale, type ValueScale } from './valueScale.ts';

export interface NodeMarks {
  /** [N] packed 0xAABBGGRR. */
  readonly rgba: Uint32Array;
  /** [N] one of SHAPE, or hollow. Shapes tell what colour alone must not. */
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
  /** Without a style, the default one. */
  readonly view: Pick<WorkbenchState['view'], 'colourBy'> & Partial<Pick<WorkbenchState['view'], 'style'>>;
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
  const { colourBy, style = DEFAULT_STYLE } = state.view;
  switch (colourBy) {
    case 'none':
      marks.rgba.fill(PLAIN);
      break;
    case 'type':
      markValues(nodeTypeValues(graph), style, marks);
      break;
    case 'confidence':
      markConfidence(graph, state, style, marks);
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
      // Linear, as predictions are: the same number has the same colour in both.
      markValues(labelValues(graph, state.setup), { ...style, scale: 'linear' }, marks);
      break;
    default:
      markValues(columnValues(graph, colourBy.slice('column:'.length)), style, marks);
  }
  markForms(shapeValues(graph, style.shapeBy), marks);
  return marks;
}

function markValues(values: ColumnValues | null, style: ViewStyle, marks: NodeMarks): void {
  if (values === null) marks.rgba.fill(PLAIN);
  else if (values.kind === 'category') markCategories(values, marks);
  else markNumbers(values, style, marks);
}

function markCategories({ codes, scale }: CategoryValues, marks: NodeMarks): void {
  for (let node = 0; node < codes.length; node++) {
    const code = codes[node] as number;
    if (code < 0) marks.shape[node] = SHAPE.hollow;
    else marks.rgba[node] = scale.rgba[code] as number;
  }
}

/** Classes that shapes tell apart, or null when the style asks for none or for a column the graph lacks. */
export function shapeValues(graph: Graph, shapeBy: ShapeBy): CategoryValues | null {
  if (shapeBy === 'type') return nodeTypeValues(graph);
  const name = columnOf(shapeBy);
  const values = name === null ? null : columnValues(graph, name);
  return values?.kind === 'category' && values.scale.names.length <= CLASS_SHAPES.length ? values : null;
}

/** Gives every node the shape of its class; hollow marks stay hollow. */
function markForms(values: CategoryValues | null, marks: NodeMarks): void {
  if (values === null) return;
  for (let node = 0; node < marks.shape.length; node++) {
    const form = CLASS_SHAPES[values.codes[node] as number] ?? SHAPE.circle;
    marks.shape[node] = isHollow(marks.shape[node] as number) ? hollowOf(form) : form;
  }
}

/** Probability of the predicted class from 0 to 1; nodes without a prediction are hollow. */
function markConfidence(graph: Graph, state: MarkState, style: ViewStyle, marks: NodeMarks): void {
  const predictions = currentPredictions(graph, state.run);
  marks.shape.fill(SHAPE.hollow);
  if (predictions === null) return;
  const scale = confidenceScale(style);
  for (let row = 0; row < predictions.codes.length; row++) {
    const node = predictions.start + row;
    marks.rgba[node] = rampAt(RAMPS[style.ramp], scale.ratioOf(confidenceAt(predictions, row)));
    marks.shape[node] = SHAPE.circle;
  }
}

const NO_VALUES = new Float64Array(0);

/** The whole range of probabilities, whatever occurs: colours can be compared between runs. */
export const confidenceScale = (style: ViewStyle): ValueScale =>
  valueScale(
    { kind: 'numeric', values: NO_VALUES, min: 0, max: 1, isDate: false },
    { ...style, scale: 'linear', midpoint: null },
  );

/** One scale for true and predicted numbers of a run. */
export function predictionScale(graph: Graph, description: RunDescription, style: ViewStyle): ValueScale {
  const { min, max } = numberScale(graph, description);
  return valueScale(
    { kind: 'numeric', values: NO_VALUES, min, max, isDate: false },
    { ...style, scale: 'linear' },
  );
}

function markNumbers(numbers: NumericValues, style: ViewStyle, marks: NodeMarks): void {
  const { values } = numbers;
  const scale = valueScale(numbers, style);
  const ramp = RAMPS[style.ramp];
  for (let node = 0; node < values.length; node++) {
    const value = values[node] as number;
    if (Number.isNaN(value)) marks.shape[node] = SHAPE.hollow;
    else marks.rgba[node] = rampAt(ramp, scale.ratioOf(value));
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
  const { style = DEFAULT_STYLE } = state.view;
  const scale = predictionScale(graph, description, style);
  predictions?.values.forEach((value, row) => {
    if (Number.isNaN(value)) return;
    marks.rgba[predictions.start + row] = rampAt(RAMPS[style.ramp], scale.ratioOf(value));
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
