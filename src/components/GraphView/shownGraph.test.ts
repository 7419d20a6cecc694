import { describe, expect, it } from 'vitest';
import type { NumericValues } from '../palette/columnValues.ts';
import { bitsetOf } from '../../core/bitset.ts';
import { testGraph } from '../palette/testGraph.ts';
import { neighbourTowards } from './keyboardWalk.ts';
import { nodeName } from './nodeName.ts';
import { edgeAlpha, nodeRadii, radiusScaleAt } from './nodeSize.ts';
import { searchNodes } from './searchNodes.ts';
import { edgesAt, emphasisOf, keptNodes, sampleNote, showGraph } from './shownGraph.ts';
import { stylesheet } from './stylesheet.ts';
import { detailPart, MAX_DETAIL_EDGES, toElements } from './toElements.ts';

const graph = testGraph();
const shown = showGraph(graph, []);

describe('showGraph', () => {
  it('renumbers nodes and edge ends', () => {
    const withoutFirst = showGraph({ ...graph, deletedNodes: bitsetOf(8, [0]) }, []);
    expect([...withoutFirst.sample.nodes]).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect([...withoutFirst.source]).toEqual([0, 1, 5, 6]);
    expect([...withoutFirst.target]).toEqual([1, 2, 3, 4]);
    expect(withoutFirst.slotOf[0]).toBe(-1);
  });

  it('knows degrees in the whole graph', () => {
    expect([...shown.degree]).toEqual([2, 2, 3, 1, 1, 1, 1, 1]);
  });

  it('says nothing when everything is shown, and counts when not', () => {
    expect(sampleNote(shown)).toBeNull();
    const sample = { ...shown.sample, totalNodes: 120_000, totalEdges: 6 };
    expect(sampleNote({ ...shown, sample })).toBe('Showing 8 of 120,000 nodes and 6 of 6 edges');
  });

  it('keeps the focused node, its neighbours and the selection', () => {
    expect(keptNodes(graph, 2, [7])).toEqual([2, 1, 0, 3, 7]);
    expect(keptNodes(graph, null, [])).toEqual([]);
  });
});

describe('emphasisOf', () => {
  it('marks selected nodes and their neighbours', () => {
    expect(emphasisOf(shown, null)).toBeNull();
    expect([...(emphasisOf(shown, bitsetOf(8, [3])) ?? [])]).toEqual([0, 0, 1, 2, 0, 0, 0, 0]);
  });

  it('finds the edges at a node', () => {
    expect(edgesAt(shown, (slot) => slot === 2, 10)).toEqual([1, 2, 3]);
    expect(edgesAt(shown, (slot) => slot === 2, 2)).toEqual([1, 2]);
  });
});

describe('toElements', () => {
  const points = Float32Array.from({ length: 16 }, (_, at) => at);

  it('draws a small graph whole: anchors once, direction and relation on edges', () => {
    const elements = toElements(shown, detailPart(shown, null), points, null, null, () => 4);
    expect(elements.length).toBe(8 + 6);
    expect(elements[0]).toEqual({
      group: 'nodes',
      data: { id: 'n0', slot: 0, diameter: 4 },
      position: { x: 0, y: 1 },
    });
    expect(elements.find((element) => element.data.id === 'e3')).toEqual({
      group: 'edges',
      data: { id: 'e3', source: 'n2', target: 'n3', label: 'cites' },
      classes: ['directed'],
    });
  });

  it('lights the edges of the selection and dims the rest', () => {
    const emphasis = emphasisOf(shown, bitsetOf(8, [3]));
    const elements = toElements(shown, detailPart(shown, emphasis), points, emphasis, null, () => 4);
    const classes = (id: string) => elements.find((element) => element.data.id === id)?.classes;
    expect([classes('e3'), classes('e0')]).toEqual([['directed', 'lit'], ['dimmed']]);
  });

  it('leaves a large graph to the overlay until something with few edges is selected', () => {
    const size = MAX_DETAIL_EDGES + 1;
    const star = { ...shown, source: new Int32Array(size).fill(0), target: new Int32Array(size).fill(1) };
    expect(detailPart(star, null)).toEqual({ edges: [], isWhole: false });
    expect(detailPart(star, Uint8Array.of(2, 1, 0, 0, 0, 0, 0, 0))).toEqual({ edges: [], isWhole: false });
    const two = { ...star, source: star.source.with(5, 3) };
    expect(detailPart(two, Uint8Array.of(0, 1, 0, 2, 0, 0, 0, 0))).toEqual({ edges: [5], isWhole: false });
  });
});

describe('stylesheet', () => {
  const theme = {
    isDark: true,
    background: '#111111',
    edge: '#aaaaaa',
    text: '#ffffff',
    muted: '#999999',
    accent: '#8888ff',
  };

  it('keeps lines as thin on screen at every zoom', () => {
    for (const zoom of [0.01, 1, 50]) {
      const edge = stylesheet({ theme, zoom, numEdges: 1 }).find((block) => block.selector === 'edge');
      const style = edge !== undefined && 'style' in edge ? edge.style : {};
      expect((style as { width: number }).width * zoom).toBeCloseTo(1.1, 10);
    }
  });
});

describe('sizes', () => {
  const size = { width: 900, height: 600 };

  const slots = Int32Array.of(0, 1, 2);
  const numbers = (...values: number[]): NumericValues => ({
    kind: 'numeric',
    values: Float64Array.from(values),
    min: Math.min(...values.filter((value) => !Number.isNaN(value))),
    max: Math.max(...values.filter((value) => !Number.isNaN(value))),
    isDate: false,
  });

  it('lets the area follow the value, from the smallest to the largest of the range', () => {
    const plain = nodeRadii(slots, null, [1, 3], size)[0] as number;
    const radii = nodeRadii(slots, numbers(0, 25, 100), [1, 3], size);
    expect(Array.from(radii, (radius) => radius / plain)).toEqual([1, 2, 3]);
    expect(new Set(nodeRadii(slots, null, [1, 3], size)).size).toBe(1);
  });

  it('starts at the least value where it is far from zero, and draws what is missing smallest', () => {
    const radii = nodeRadii(slots, numbers(1990, 2010, NaN), [1, 3], size);
    const plain = nodeRadii(slots, null, [1, 3], size)[0] as number;
    expect(Array.from(radii, (radius) => radius / plain)).toEqual([1, 3, 1]);
  });

  it('bounds what the zoom does', () => {
    expect([radiusScaleAt(4, 1), radiusScaleAt(1e6, 1), radiusScaleAt(1e-6, 1)]).toEqual([2, 4, 0.6]);
    expect(edgeAlpha(1_000_000, 1, 1)).toBe(0.07);
    expect(edgeAlpha(1, 1, 1)).toBe(0.6);
  });
});

describe('neighbourTowards', () => {
  //      1
  //  0 — 2 — 3     (y grows downwards)
  const points = Float32Array.of(-10, 0, 0, -10, 0, 0, 10, 0, 0, 50, 0, 60, 0, 70, 0, 80);

  it('walks to the neighbour that lies that way', () => {
    expect(neighbourTowards(shown, points, 2, 'left')).toBe(0);
    expect(neighbourTowards(shown, points, 2, 'right')).toBe(3);
    expect(neighbourTowards(shown, points, 2, 'up')).toBe(1);
  });

  it('stays where no neighbour lies that way', () => {
    expect(neighbourTowards(shown, points, 2, 'down')).toBe(-1);
  });
});

describe('searchNodes', () => {
  const found = (query: string, limit = 8) => searchNodes(graph, query, limit);

  it('puts the whole id before its beginning before its middle, in either case', () => {
    expect(found('p1').map((match) => match.node)).toEqual([1, 7]);
    expect(found('P0')[0]).toEqual({ node: 0, column: null });
    expect(found('10')).toEqual([{ node: 7, column: null }]);
  });

  it('looks into text and categories and says where', () => {
    expect(found('delta')).toEqual([{ node: 3, column: 'title' }]);
    expect(found('biolog')).toEqual([
      { node: 1, column: 'topic' },
      { node: 2, column: 'topic' },
    ]);
  });

  it('finds nothing for nothing, and no more than asked for', () => {
    expect(found('  ')).toEqual([]);
    expect(found('zzz')).toEqual([]);
    expect(found('p', 3).length).toBe(3);
  });
});

describe('nodeName', () => {
  it('prefers the title, falls back to the id, cuts what is long', () => {
    expect([nodeName(graph, 0), nodeName(graph, 4), nodeName(graph, 6)]).toEqual(['Ähre', 'p4', 'a0']);
    expect(nodeName(graph, 2, 3)).toBe('Ga…');
  });
});
