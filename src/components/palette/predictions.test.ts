import { describe, expect, it } from 'vitest';
import type { RunSlice } from '../../state/types.ts';
import {
  classProbabilities,
  confidenceAt,
  currentClassScale,
  currentPredictions,
  type Predictions,
  predictionRow,
  severalLabelsRight,
} from './predictions.ts';
import { answerText, predictionText } from './nodeTexts.ts';
import { testGraph, testRun, testSetup } from './testGraph.ts';

const graph = testGraph();
const [ART, BIOLOGY, CHESS] = ['#e69f00', '#56b4e9', '#009e73'];
const run = testRun(graph, [1, 2, 0, 1, 0, 2], [255, 51, 100, 255, 127, 128]);
const scores = Float32Array.of(0.1, 0.7, 0.2, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0.2, 0.2, 0.6, 0.5, 0.5, 0);
const result = { scores, parts: Uint8Array.of(1, 1, 2, 3, 3, 3) } as unknown as RunSlice['result'];

function predictions(slice: RunSlice): Predictions {
  const found = currentPredictions(graph, slice);
  if (found === null) throw new Error('no predictions');
  return found;
}

describe('currentPredictions', () => {
  it('reads the snapshot while a run is under way', () => {
    const live = predictions(run);
    expect(live).toEqual({
      classes: ['chess', 'art', 'biology'],
      start: 0,
      end: 6,
      codes: Uint16Array.of(1, 2, 0, 1, 0, 2),
      liveConfidence: Uint8Array.of(255, 51, 100, 255, 127, 128),
      scores: null,
      parts: null,
    });
    expect([confidenceAt(live, 0), confidenceAt(live, 1)]).toEqual([1, 0.2]);
  });

  it('prefers the result; a tie goes to the earlier class', () => {
    const over = predictions({ ...run, result });
    expect(over).toEqual({
      classes: ['chess', 'art', 'biology'],
      start: 0,
      end: 6,
      codes: Uint16Array.of(1, 0, 2, 1, 2, 0),
      liveConfidence: null,
      scores,
      parts: Uint8Array.of(1, 1, 2, 3, 3, 3),
    });
    expect(confidenceAt(over, 0)).toBe(Math.fround(0.7));
    expect(predictions({ ...run, result })).toBe(over);
  });

  it('is null for another graph version, before the first snapshot and for tasks without classes', () => {
    const described = (change: object): RunSlice => ({
      ...run,
      description: { ...(run.description as NonNullable<RunSlice['description']>), ...change },
    });
    expect([
      currentPredictions(graph, described({ graphVersion: 'other' })),
      currentPredictions(graph, described({ classes: [] })),
      currentPredictions(graph, { ...run, snapshot: null }),
    ]).toEqual([null, null, null]);
  });

  it('orders the probabilities of one node and covers only the run’s range', () => {
    const over = predictions({ ...run, result });
    expect(classProbabilities(over, 5)).toEqual([
      { code: 0, probability: 0.5 },
      { code: 1, probability: 0.5 },
      { code: 2, probability: 0 },
    ]);
    expect(classProbabilities(over, 6)).toEqual([]);
    expect([-1, 0, 5, 6].map((node) => predictionRow(over, node))).toEqual([-1, 0, 5, -1]);
  });

  it('is said in words', () => {
    const state = { setup: testSetup, run } as Parameters<typeof predictionText>[0];
    expect(predictionText(state, graph, 1)).toBe('predicted biology, 20\u00a0% sure');
    expect(predictionText(state, graph, 7)).toBeNull();
    expect([answerText(state, graph, 1), answerText(state, graph, 5)]).toEqual(['label biology', null]);
  });
});

describe('currentClassScale', () => {
  it('keeps the colours of the target when a run lists its classes in another order', () => {
    expect(currentClassScale(graph, testSetup, run)?.css).toEqual([CHESS, ART, BIOLOGY]);
    expect(currentClassScale(graph, testSetup, { ...run, description: null })?.css).toEqual([
      ART,
      BIOLOGY,
      CHESS,
    ]);
  });
});

describe('several labels a node', () => {
  const several = {
    outputKind: 'labels',
    scores: Float32Array.of(0.9, 0.2, 0.5, 0.1, 0.3, 0.3),
    trueValues: Float32Array.of(1, 0, 0, Number.NaN, Number.NaN, Number.NaN),
  } as unknown as NonNullable<RunSlice['result']>;

  it('are right when every known one is, and unknown when none is known', () => {
    expect([...(severalLabelsRight(several, 2) ?? [])]).toEqual([1, 0, -1]);
    expect(severalLabelsRight({ ...several, outputKind: 'classes' }, 2)).toBeNull();
  });
});
