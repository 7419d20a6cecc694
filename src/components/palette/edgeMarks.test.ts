import { describe, expect, it } from 'vitest';
import { bitsetOf } from '../../core/bitset.ts';
import type { Column } from '../../core/columns.ts';
import type { Graph } from '../../core/graph.ts';
import { DEFAULT_STYLE } from '../../state/viewStyle.ts';
import { edgeMarks, WIDTH_PX } from './edgeMarks.ts';
import { legendSections } from './legendModel.ts';
import { classColours, REST_CSS } from './palette.ts';
import { testGraph, testRun, testSetup } from './testGraph.ts';

const weight: Column = {
  kind: 'f32',
  name: 'weight',
  length: 6,
  validity: bitsetOf(6, [0, 1, 2, 3, 4]),
  values: Float32Array.of(0, 2, 4, 10, 5, 99),
};
const graph: Graph = { ...testGraph(), edgeColumns: [weight] };

function marksOf(change: Partial<typeof DEFAULT_STYLE>) {
  const marks = edgeMarks(graph, { ...DEFAULT_STYLE, ...change });
  return marks === null ? null : Array.from(marks.groupOf, (group) => marks.groups[group]);
}

describe('edgeMarks', () => {
  it('has nothing to say of plain edges or of a column the graph lacks', () => {
    expect(marksOf({})).toBeNull();
    expect(marksOf({ edgeColourBy: 'column:gone', edgeWidthBy: 'column:gone' })).toBeNull();
  });

  it('colours by relation as classes are', () => {
    const [near, cites, wrote] = classColours(3, []);
    expect(marksOf({ edgeColourBy: 'relation' })?.map((group) => group?.css)).toEqual([
      near,
      near,
      near,
      cites,
      wrote,
      wrote,
    ]);
  });

  it('runs weights along ramp and width; without a weight an edge is thin and grey', () => {
    const marks = marksOf({ edgeColourBy: 'column:weight', edgeWidthBy: 'column:weight' });
    expect(marks?.[0]).toEqual({ css: '#440154', widthPx: WIDTH_PX.min });
    expect(marks?.[3]).toEqual({ css: '#fde725', widthPx: WIDTH_PX.max });
    expect(marks?.[5]).toEqual({ css: REST_CSS, widthPx: WIDTH_PX.min });
    const widths = marks?.slice(0, 5).map((group) => group?.widthPx as number) ?? [];
    expect(widths[1]).toBeLessThan(widths[2] as number);
    expect(widths[2]).toBeLessThanOrEqual(widths[4] as number);
  });

  it('never makes more groups than a byte counts, and paints few', () => {
    const length = 5000;
    const many: Graph = {
      ...graph,
      source: new Int32Array(length),
      target: new Int32Array(length).fill(1),
      edgeColumns: [
        {
          kind: 'f64',
          name: 'weight',
          length,
          validity: null,
          values: Float64Array.from({ length }, (_, at) => Math.sin(at)),
        },
        {
          kind: 'f64',
          name: 'other',
          length,
          validity: null,
          values: Float64Array.from({ length }, (_, at) => at % 71),
        },
      ],
    };
    const marks = edgeMarks(many, {
      ...DEFAULT_STYLE,
      edgeColourBy: 'column:weight',
      edgeWidthBy: 'column:other',
    });
    expect(marks?.groups.length).toBeLessThanOrEqual(102);
    expect(marks?.groupOf.length).toBe(length);
  });
});

describe('legendSections', () => {
  const run = testRun(graph, [], []);
  const sections = (change: Partial<typeof DEFAULT_STYLE>) =>
    legendSections(graph, {
      setup: testSetup,
      run: { ...run, description: null, snapshot: null },
      view: { colourBy: 'label', sizeBy: 'degree', style: { ...DEFAULT_STYLE, ...change } },
    });

  it('explains colour and size at first, and edges and shapes once they mean something', () => {
    expect(sections({}).map(({ title }) => title)).toEqual(['topic', 'Size: degree']);
    const all = sections({
      shapeBy: 'column:topic',
      edgeColourBy: 'relation',
      edgeWidthBy: 'column:weight',
    });
    expect(all.map(({ title }) => title)).toEqual([
      'topic',
      'topic',
      'Size: degree',
      'Edges: relation',
      'Edge width: weight',
    ]);
    expect(all[4]).toMatchObject({ steps: [{ label: '0' }, { label: '5' }, { label: '10' }] });
  });
});
