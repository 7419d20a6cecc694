/** The fixture KITE of four nodes, whose values fit on paper. Tests only; the tests start the backends. */
import { memory, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import type { MessageGraph } from '../../core/messageGraph.ts';
import { createGraphTensors } from '../graphInput.ts';
import { createParameterStore } from '../parameterStore.ts';
import { type Forward, INFERENCE, setParameters, type Values } from './goldenCases.ts';
import { createLayerContext, type ForwardPass, type LayerContext } from './layerContext.ts';
import { messagesOf } from './smallMessages.ts';

/** KITE: edges 0-1, 0-2, 1-2, 2-3. */
export const KITE = {
  x: [
    [1, 0],
    [0, 1],
    [1, 1],
    [2, -1],
  ],
  weight: [
    [0.5, -0.3],
    [0.2, 0.4],
  ],
  neighbourWeight: [
    [0.1, 0.2],
    [0.3, -0.1],
  ],
  messages: (): MessageGraph =>
    messagesOf({
      numNodes: 4,
      source: [0, 0, 1, 2],
      target: [1, 2, 2, 3],
      types: [0, 0, 0, 0],
      isDirected: false,
      weights: null,
    }),
  /** Arcs of two relations, r0: 0→1, 2→1; r1: 3→2, 1→2, 0→2. */
  typedMessages: (): MessageGraph =>
    messagesOf({
      numNodes: 4,
      source: [0, 2, 3, 1, 0],
      target: [1, 1, 2, 2, 2],
      types: [0, 0, 1, 1, 1],
      isDirected: true,
      weights: null,
    }),
} as const;

/** Runs a layer on KITE's features with the given parameters; the values were worked out to six digits. */
export async function onKite(
  messages: MessageGraph,
  create: (context: LayerContext) => Forward,
  parameters: Readonly<Record<string, Values>>,
  pass: ForwardPass = INFERENCE,
): Promise<number[][]> {
  const before = memory().numTensors;
  const store = createParameterStore();
  const forward = create(createLayerContext(store, 0, 0));
  setParameters(store, (name) => parameters[name]);
  const graph = createGraphTensors(messages, messages.isSymmetric);
  const output = tidy(() => forward(graph, tensor2d(KITE.x.map((row) => [...row])), pass));
  const rows = (await output.array()) as number[][];
  output.dispose();
  graph.dispose();
  store.dispose();
  expect(memory().numTensors).toBe(before);
  return rows;
}

/** Expects rows equal to the six digits that a worked example gives. */
export function expectRows(
  actual: readonly (readonly number[])[],
  expected: readonly (readonly number[])[],
): void {
  expect(actual.map((row) => row.length)).toEqual(expected.map((row) => row.length));
  const errors = actual.flatMap((row, at) =>
    row.map((value, column) => Math.abs(value - (expected[at]?.[column] ?? Number.NaN))),
  );
  expect(Math.max(...errors), JSON.stringify(actual)).toBeLessThan(2e-6);
}
