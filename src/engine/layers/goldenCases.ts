/**
 * Golden values of layers: outputs and gradients of another library on one awkward graph. Tests only; the tests start the
 * backends. Values that fit on paper: kiteCases.ts.
 */
import {
  memory,
  mul,
  type Scalar,
  sum,
  type Tensor,
  type Tensor2D,
  tensor,
  tensor2d,
  tidy,
  variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import type { MessageGraph } from '../../core/messageGraph.ts';
import {
  createGraphTensors,
  type GraphTensors,
  type InputShape,
  type LayerInput,
  uploadFeatures,
} from '../graphInput.ts';
import { createParameterStore, type ParameterStore } from '../parameterStore.ts';
import { createLayerContext, type ForwardPass, type LayerContext } from './layerContext.ts';
import { messagesOf } from './smallMessages.ts';

export type Values = number | readonly Values[];

interface GoldenCase {
  readonly name: string;
  readonly parameters: Readonly<Record<string, Values>>;
  readonly output: readonly (readonly number[])[];
  readonly probe: readonly (readonly number[])[];
  readonly gradX: readonly (readonly number[])[];
  readonly gradParameters: Readonly<Record<string, Values>>;
}

/** The contents of a `__golden__/*.json`. */
export interface GoldenLayer {
  readonly graph: {
    readonly numNodes: number;
    readonly edgeIndex: readonly (readonly number[])[];
    readonly edgeWeight?: readonly number[];
    readonly edgeType?: readonly number[];
    readonly x: readonly (readonly number[])[];
  };
  readonly cases: readonly GoldenCase[];
}

export type Forward = (graph: GraphTensors, x: LayerInput, pass: ForwardPass) => Tensor2D;

export interface GoldenLayerTest {
  readonly golden: GoldenLayer;
  readonly name: string;
  readonly isWeighted?: boolean;
  /** Layers that cannot take sparse features. */
  readonly isDenseOnly?: boolean;
  create(context: LayerContext, input: InputShape | number): Forward;
  /** Their parameters (or the gradients of them) by the names of ours. */
  rename(theirs: (name: string) => Values): Readonly<Record<string, Values>>;
}

export const INFERENCE: ForwardPass = { isTraining: false, step: 0, dropout: 0, seed: 0 };

const OUTPUT_TOLERANCE = 1e-5;
const GRADIENT_TOLERANCE = 1e-4;
/** Columns of x that the second run takes as sparse features. */
const SPARSE_COLUMNS = 3;

/** Rows become columns: weights [out, in] to ours, [in, out]. */
export function transposed(values: Values): Values {
  const rows = values as readonly (readonly number[])[];
  return (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] as number));
}

/** Rows `from` to `to` of a matrix. */
export const rowsOf = (values: Values, from: number, to?: number): Values =>
  (values as readonly Values[]).slice(from, to);

const flat = (values: Values): number[] =>
  typeof values === 'number' ? [values] : (values as readonly Values[]).flatMap(flat);

/** Expects every value within tolerance · max(1, largest expected magnitude). */
export async function expectValues(actual: Tensor, expected: Values, tolerance: number): Promise<void> {
  const wanted = flat(expected);
  const scale = Math.max(1, ...wanted.map(Math.abs));
  const values = [...(await actual.data())];
  expect(values.length).toBe(wanted.length);
  const off = values.findIndex(
    (value, at) => !(Math.abs(value - (wanted[at] as number)) <= tolerance * scale),
  );
  expect(off, `element ${off}: ${values[off]} instead of ${wanted[off]}`).toBe(-1);
}

/**
 * Checks output and gradients of one golden case, on dense rows and with part of the columns as sparse features, and that
 * no tensor stays behind.
 */
export async function expectGolden(test: GoldenLayerTest): Promise<void> {
  const { golden, name } = test;
  const testCase = golden.cases.find((candidate) => candidate.name === name) as GoldenCase;
  const before = memory().numTensors;
  const graph = createGraphTensors(goldenMessages(golden, test.isWeighted ?? false), false);
  const width = (golden.graph.x[0] as readonly number[]).length;
  await checkDense(test, testCase, graph, width);
  if (test.isDenseOnly !== true) await checkFeatures(test, testCase, graph, width);
  graph.dispose();
  expect(memory().numTensors).toBe(before);
}

async function checkDense(
  test: GoldenLayerTest,
  testCase: GoldenCase,
  graph: GraphTensors,
  width: number,
): Promise<void> {
  const store = createParameterStore();
  const forward = test.create(createLayerContext(store, 0, 0), width);
  setParameters(store, (name) => byName(test, testCase.parameters)[name]);
  const x = tidy(() => variable(tensor2d(golden2d(test.golden.graph.x))));
  const output = tidy(() => forward(graph, x as unknown as Tensor2D, INFERENCE));
  await expectValues(output, testCase.output, OUTPUT_TOLERANCE);
  const gradients = gradientsOf(testCase, () => forward(graph, x as unknown as Tensor2D, INFERENCE));
  await expectValues(gradients[x.name] as Tensor, testCase.gradX, GRADIENT_TOLERANCE);
  const expected = byName(test, testCase.gradParameters);
  for (const { name, value } of store.all)
    await expectValues(gradients[value.name] as Tensor, expected[name] as Values, GRADIENT_TOLERANCE);
  for (const gradient of [output, x, ...Object.values(gradients)]) gradient.dispose();
  store.dispose();
}

async function checkFeatures(
  test: GoldenLayerTest,
  testCase: GoldenCase,
  graph: GraphTensors,
  width: number,
): Promise<void> {
  const features = uploadFeatures(splitFeatures(golden2d(test.golden.graph.x)));
  const store = createParameterStore();
  const forward = test.create(createLayerContext(store, 0, 0), {
    sparse: SPARSE_COLUMNS,
    dense: width - SPARSE_COLUMNS,
  });
  const partOf = (name: string, from: Readonly<Record<string, Values>>): Values => {
    const [whole, part] = [name.replace(/\.(sparse|dense)$/, '.weight'), name.split('.').at(-1)];
    const values = from[whole] as Values;
    if (part === 'sparse') return rowsOf(values, 0, SPARSE_COLUMNS);
    return part === 'dense' ? rowsOf(values, SPARSE_COLUMNS) : values;
  };
  setParameters(store, (name) => partOf(name, byName(test, testCase.parameters)));
  const output = tidy(() => forward(graph, features, INFERENCE));
  await expectValues(output, testCase.output, OUTPUT_TOLERANCE);
  const gradients = gradientsOf(testCase, () => forward(graph, features, INFERENCE));
  const expected = byName(test, testCase.gradParameters);
  for (const { name, value } of store.all)
    await expectValues(gradients[value.name] as Tensor, partOf(name, expected), GRADIENT_TOLERANCE);
  for (const gradient of [output, ...Object.values(gradients)]) gradient.dispose();
  store.dispose();
  features.dispose();
}

const golden2d = (rows: readonly (readonly number[])[]): number[][] => rows.map((row) => [...row]);

const byName = (test: GoldenLayerTest, theirs: Readonly<Record<string, Values>>) =>
  test.rename((name) => theirs[name] as Values);

/** Gradients of Σ output ⊙ probe. */
function gradientsOf(testCase: GoldenCase, forward: () => Tensor2D): Record<string, Tensor> {
  return tidy(() => {
    const probe = tensor2d(golden2d(testCase.probe));
    return variableGrads(() => sum(mul(forward(), probe)) as Scalar).grads;
  });
}

/** Gives every parameter of the store its value; each must have one of its own shape. */
export function setParameters(store: ParameterStore, valueOf: (name: string) => Values | undefined): void {
  for (const { name, value } of store.all) {
    const values = valueOf(name);
    expect(values, name).toBeDefined();
    const given = tensor(flat(values as Values), value.shape);
    value.assign(given);
    given.dispose();
  }
}

function splitFeatures(rows: readonly (readonly number[])[]) {
  const width = (rows[0] as readonly number[]).length;
  const sparse = rows.map((row) => row.slice(0, SPARSE_COLUMNS));
  return {
    numNodes: rows.length,
    sparse: {
      rows: rows.length,
      cols: SPARSE_COLUMNS,
      rowPtr: Int32Array.from({ length: rows.length + 1 }, (_, row) => row * SPARSE_COLUMNS),
      colIndex: Int32Array.from(sparse.flatMap((row) => row.map((_, column) => column))),
      values: Float32Array.from(sparse.flat()),
    },
    dense: Float32Array.from(rows.flatMap((row) => row.slice(SPARSE_COLUMNS))),
    denseWidth: width - SPARSE_COLUMNS,
    width,
    names: [],
  };
}

/** Directed edges, messages along them; relations where the file has edge types. */
function goldenMessages({ graph }: GoldenLayer, isWeighted: boolean): MessageGraph {
  const [source = [], target = []] = graph.edgeIndex;
  const weights = Float64Array.from(graph.edgeWeight ?? []);
  const types = graph.edgeType ?? source.map(() => 0);
  return messagesOf({
    numNodes: graph.numNodes,
    source,
    target,
    types,
    isDirected: true,
    weights: isWeighted ? weights : null,
  });
}
