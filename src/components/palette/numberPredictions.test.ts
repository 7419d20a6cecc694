import { describe, expect, it } from 'vitest';
import type { ColourBy, RunSlice } from '../../state/types.ts';
import { legendModel } from './legendModel.ts';
import { nodeMarks } from './nodeMarks.ts';
import { SHAPE } from './shapes.ts';
import { answerText, predictionText } from './nodeTexts.ts';
import { currentNumbers, predictedNumber } from './numberPredictions.ts';
import { rampColour, rampCss, signedColour, signedCss } from './palette.ts';
import { currentPredictions } from './predictions.ts';
import { testGraph, testRun, testSetup } from './testGraph.ts';

const graph = testGraph();
const setup = { ...testSetup, task: 'node-regression', target: 'year' };
const classRun = testRun(graph, [0, 255, 51, 0, 0, 0], [255, 255, 255, 255, 255, 255]);
const description = {
  ...(classRun.description as NonNullable<RunSlice['description']>),
  config: { ...setup, target: 'year' },
  outputKind: 'value' as const,
  classes: [],
  valueRange: [2000, 2010] as const,
};
const run: RunSlice = { ...classRun, description };
const predictedValues = Float32Array.of(2000, 2010, 2025, 2005, 2000, 2010);
const result = {
  outputKind: 'value',
  predictedValues,
  parts: Uint8Array.of(1, 1, 2, 3, 3, 0),
} as unknown as RunSlice['result'];
const finished: RunSlice = { ...run, result };

function marksBy(colourBy: ColourBy, slice: RunSlice) {
  return nodeMarks(graph, { setup, run: slice, view: { colourBy } });
}

describe('currentNumbers', () => {
  it('reads steps of the training range while the run goes on, exact numbers afterwards', () => {
    const live = currentNumbers(graph, run);
    expect([...(live?.values ?? [])].slice(0, 3)).toEqual([2000, 2010, 2002]);
    expect([live?.isExact, live?.parts]).toEqual([false, null]);
    expect(currentNumbers(graph, finished)).toEqual({
      start: 0,
      end: 6,
      values: predictedValues,
      isExact: true,
      parts: Uint8Array.of(1, 1, 2, 3, 3, 0),
    });
    expect(predictedNumber(currentNumbers(graph, finished), 7)).toBeNull();
  });

  it('is none for classes, and classes are none for numbers', () => {
    expect([currentNumbers(graph, classRun), currentPredictions(graph, finished)]).toEqual([null, null]);
  });
});

describe('colours of numbers', () => {
  it('have one scale for true and predicted, with the ends clamped', () => {
    const { rgba, shape } = marksBy('prediction', finished);
    expect(Array.from(rgba.slice(0, 4))).toEqual([0, 0.5, 1, 0.25].map(rampColour));
    expect(Array.from(marksBy('label', finished).rgba.slice(0, 3))).toEqual([0, 0.5, 1].map(rampColour));
    expect([shape[0], shape[6]]).toEqual([SHAPE.circle, SHAPE.hollow]);
  });

  it('show errors blue below and orange above, pale where right', () => {
    const { rgba } = marksBy('correct', finished);
    // Targets 2000 2010 2020 2005 2015 2000: mean 2008⅓, standard deviation 7.454.
    expect([rgba[0], rgba[2], rgba[4]]).toEqual([
      signedColour(0),
      signedColour(5 / Math.sqrt(55.555_555_6)),
      signedColour(-1),
    ]);
  });

  it('are explained by the legend', () => {
    const legendBy = (colourBy: ColourBy) => legendModel(graph, { setup, run: finished, view: { colourBy } });
    expect(legendBy('prediction')).toEqual({
      kind: 'ramp',
      title: 'Predicted year',
      from: '2000',
      to: '2020',
      ticks: [
        { ratio: 0.25, label: '2005' },
        { ratio: 0.5, label: '2010' },
        { ratio: 0.75, label: '2015' },
      ],
      css: rampCss,
      note: '',
    });
    expect(legendBy('correct')).toEqual({
      kind: 'ramp',
      title: 'Error',
      from: '−7.454',
      to: '+7.454',
      ticks: [{ ratio: 0.5, label: '0' }],
      css: signedCss,
      note: 'blue: too low, orange: too high',
    });
  });

  it('are said in words', () => {
    const state = { setup, run: finished } as Parameters<typeof predictionText>[0];
    expect([answerText(state, graph, 2), predictionText(state, graph, 2)]).toEqual([
      'true value 2020',
      'predicted 2025',
    ]);
    expect([answerText(state, graph, 7), predictionText(state, graph, 7)]).toEqual([null, null]);
  });
});
