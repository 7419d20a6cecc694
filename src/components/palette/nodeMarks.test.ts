import { describe, expect, it } from 'vitest';
import type { ColourBy, RunSlice } from '../../state/types.ts';
import { classValues, colourableColumns, columnValues } from './columnValues.ts';
import { DEFAULT_STYLE } from '../../state/viewStyle.ts';
import { legendModel, nodesMarked } from './legendModel.ts';
import { nodeMarks, PART_MARKS, PLAIN, RIGHT_MARK, WRONG_MARK } from './nodeMarks.ts';
import { hollowOf, SHAPE } from './shapes.ts';
import { cssOf, rampColour, rampCss, REST, REST_CSS } from './palette.ts';
import { currentPredictions } from './predictions.ts';
import { testGraph, testRun, testSetup } from './testGraph.ts';

const graph = testGraph();
const [ART, BIOLOGY, CHESS] = ['#e69f00', '#56b4e9', '#009e73'];
const run = testRun(graph, [1, 2, 0, 1, 0, 2], [250, 200, 100, 255, 127, 128]);
const idle: RunSlice = { ...run, status: { kind: 'idle' }, description: null, snapshot: null };

function marksBy(colourBy: ColourBy, slice: RunSlice = run) {
  const { rgba, shape } = nodeMarks(graph, { setup: testSetup, run: slice, view: { colourBy } });
  return { css: [...rgba].map(cssOf), shape: [...shape] };
}

describe('nodeMarks', () => {
  it('colours by label and leaves the unlabelled hollow', () => {
    expect(marksBy('label')).toEqual({
      css: [ART, BIOLOGY, BIOLOGY, ART, CHESS, REST_CSS, REST_CSS, REST_CSS],
      shape: [0, 0, 0, 0, 0, SHAPE.hollow, SHAPE.hollow, SHAPE.hollow],
    });
  });

  it('gives a predicted class the colour of the label of that name, hollow below even odds', () => {
    expect(marksBy('prediction')).toEqual({
      css: [ART, BIOLOGY, CHESS, ART, CHESS, BIOLOGY, REST_CSS, REST_CSS],
      shape: [0, 0, SHAPE.hollow, 0, SHAPE.hollow, 0, SHAPE.hollow, SHAPE.hollow],
    });
  });

  it('tells right and wrong by shape too', () => {
    const right = RIGHT_MARK.shape;
    const wrong = WRONG_MARK.shape;
    const { shape, css } = marksBy('correct');
    expect(shape).toEqual([right, right, wrong, right, right, SHAPE.hollow, SHAPE.hollow, SHAPE.hollow]);
    expect([css[0], css[2]]).toEqual([cssOf(RIGHT_MARK.rgba), cssOf(WRONG_MARK.rgba)]);
  });

  it('reads the split from its column before a run ends and from the result afterwards', () => {
    const shapesOf = (parts: readonly number[]) => parts.map((part) => PART_MARKS[part]?.shape);
    expect(marksBy('split').shape).toEqual(shapesOf([1, 1, 2, 3, 3, 0, 0, 0]));
    const result = { parts: Uint8Array.of(3, 3, 3, 1, 1, 2), scores: null } as unknown as RunSlice['result'];
    expect(marksBy('split', { ...run, result }).shape).toEqual(shapesOf([3, 3, 3, 1, 1, 2, 0, 0]));
  });

  it('runs numbers along the ramp', () => {
    const { css } = marksBy('column:year');
    expect([css[0], css[2], css[6]]).toEqual([cssOf(rampColour(0)), cssOf(rampColour(1)), REST_CSS]);
  });

  it('falls back to node types without a target, and to one colour for none', () => {
    const state = { setup: { ...testSetup, target: null }, run: idle, view: { colourBy: 'label' as const } };
    expect(Array.from(nodeMarks(graph, state).rgba.slice(5, 7), cssOf)).toEqual([ART, BIOLOGY]);
    expect(new Set(nodeMarks(graph, { ...state, view: { colourBy: 'none' } }).rgba)).toEqual(
      new Set([PLAIN]),
    );
  });

  it('shows no prediction of another version of the graph', () => {
    const stale: RunSlice = {
      ...run,
      description: run.description === null ? null : { ...run.description, graphVersion: 'other' },
    };
    expect(currentPredictions(graph, stale)).toBeNull();
    expect(
      new Set(nodeMarks(graph, { setup: testSetup, run: stale, view: { colourBy: 'prediction' } }).rgba),
    ).toEqual(new Set([REST]));
  });
});

describe('column values', () => {
  it('offers the columns that can be coloured by', () => {
    expect(colourableColumns(graph)).toEqual(['topic', 'split', 'year', 'stars']);
    expect(columnValues(graph, 'title')).toBeNull();
  });

  it('reads few distinct integers as classes in numeric order', () => {
    const values = classValues(graph, 'stars');
    expect(values?.scale.names).toEqual(['1', '2', '3']);
    expect([...(values?.codes ?? [])]).toEqual([2, 0, 2, 1, 0, 0, -1, -1]);
    expect([...(values?.scale.counts ?? [])]).toEqual([3, 1, 2]);
  });
});

describe('legendModel', () => {
  const legendBy = (colourBy: ColourBy, slice: RunSlice = run) =>
    legendModel(graph, { setup: testSetup, run: slice, view: { colourBy } });

  it('counts classes and the unlabelled', () => {
    expect(legendBy('label')).toMatchObject({
      kind: 'marks',
      title: 'topic',
      items: [
        { label: 'art', css: ART, shape: 0, count: 2 },
        { label: 'biology', css: BIOLOGY, shape: 0, count: 2 },
        { label: 'chess', css: CHESS, shape: 0, count: 1 },
        { label: 'unlabelled', css: REST_CSS, shape: SHAPE.hollow, count: 3 },
      ],
    });
  });

  it('names the ends of a ramp without grouping years', () => {
    expect(legendBy('column:year')).toEqual({
      kind: 'ramp',
      title: 'year',
      from: '2000',
      to: '2020',
      ticks: [
        { ratio: 0.25, label: '2005' },
        { ratio: 0.5, label: '2010' },
        { ratio: 0.75, label: '2015' },
      ],
      css: rampCss,
      note: 'hollow: no value',
    });
  });

  it('says what will come before there is a run', () => {
    expect(legendBy('prediction', idle)).toEqual({
      kind: 'empty',
      title: 'Prediction',
      note: 'Appears when a run starts',
    });
  });

  it('sums up the small classes of many', () => {
    const classes = Array.from({ length: 12 }, (_, code) => `c${code}`);
    const description = run.description === null ? null : { ...run.description, classes };
    const legend = legendBy('prediction', { ...run, description });
    const last = legend.kind === 'marks' ? legend.items.slice(-2).map((item) => item.label) : [];
    expect(last).toEqual(['other (3 smaller classes)', 'hollow: under 50 % sure']);
  });
});

describe('shapes by a column', () => {
  it('take the shape of the class and stay hollow where the colour says nothing', () => {
    const view = { colourBy: 'label' as const, style: { ...DEFAULT_STYLE, shapeBy: 'type' as const } };
    const { shape } = nodeMarks(graph, { setup: testSetup, run: idle, view });
    expect([...shape]).toEqual([0, 0, 0, 0, 0, SHAPE.hollow, hollowOf(SHAPE.square), hollowOf(SHAPE.square)]);
  });
});

describe('confidence', () => {
  it('colours by the probability of the predicted class, hollow without one', () => {
    const { css, shape } = marksBy('confidence');
    expect([css[3], css[0]]).toEqual([cssOf(rampColour(1)), cssOf(rampColour(250 / 255))]);
    expect(shape).toEqual([0, 0, 0, 0, 0, 0, SHAPE.hollow, SHAPE.hollow]);
    expect(new Set(marksBy('confidence', idle).shape)).toEqual(new Set([SHAPE.hollow]));
  });
});

describe('nodesMarked', () => {
  const nodesOf = (colourBy: ColourBy, label: string): number[] => {
    const state = { setup: testSetup, run, view: { colourBy } };
    const legend = legendModel(graph, state);
    const item = legend.kind === 'marks' ? legend.items.find((entry) => entry.label === label) : undefined;
    return item?.match == null ? [] : nodesMarked(graph, state, item.match);
  };

  it('finds the nodes that an entry of the legend stands for', () => {
    expect(nodesOf('label', 'biology')).toEqual([1, 2]);
    expect(nodesOf('label', 'unlabelled')).toEqual([5, 6, 7]);
    // Sure or not: the class is what the colour says.
    expect(nodesOf('prediction', 'chess')).toEqual([2, 4]);
    expect(nodesOf('correct', 'wrong')).toEqual([2]);
    expect(nodesOf('split', 'test')).toEqual([3, 4]);
  });
});
