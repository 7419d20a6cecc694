import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { bitsetOf } from '../../core/bitset.ts';
import type { Graph } from '../../core/graph.ts';
import { utf8Table } from '../../core/utf8Table.ts';
import { DEFAULT_STYLE } from '../../state/viewStyle.ts';
import { LIGHT_CANVAS } from '../palette/canvasTheme.ts';
import { edgeMarks } from '../palette/edgeMarks.ts';
import { legendSections, type LegendModel } from '../palette/legendModel.ts';
import { rgbaOf } from '../palette/palette.ts';
import { hollowOf, SHAPE } from '../palette/shapes.ts';
import { testGraph, testRun, testSetup } from '../palette/testGraph.ts';
import type { GraphFrame } from './paintGraph.ts';
import { placeLabels } from './paintLabels.ts';
import { emphasisOf, showGraph } from './shownGraph.ts';
import { svgImage } from './svgImage.ts';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

/** Every element of a document in order; throws where the document is not well-formed. */
function parse(svg: string): Element[] {
  const elements: Element[] = [];
  const open: Element[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, text: '' };
    elements.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const top = open.at(-1);
    if (top !== undefined) top.text += text;
  });
  parser.on('closetag', () => open.pop());
  parser.write(svg).close();
  return elements;
}

const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '"><script>1</script>',
  '&lt;&amp;',
  ']]>',
  '\u0000\ud800',
  'a\nb',
];

function hostileGraph(): Graph {
  const graph = testGraph();
  const [paper, author] = graph.nodeTypes;
  if (paper === undefined || author === undefined) throw new Error('types');
  const columns = paper.columns.map((column) =>
    column.kind === 'text'
      ? { ...column, text: utf8Table(HOSTILE) }
      : column.kind === 'category'
        ? { ...column, dictionary: column.dictionary.map((name) => `<${name} & "co">`) }
        : column,
  );
  return { ...graph, name: '<Graph> & co', nodeTypes: [{ ...paper, columns }, author] };
}

const STYLE = { ...DEFAULT_STYLE, edgeColourBy: 'relation' as const };

function frameOf(graph: Graph, change: Partial<GraphFrame> = {}): GraphFrame {
  const shown = showGraph(graph, []);
  const n = shown.sample.nodes.length;
  return {
    shown,
    points: Float32Array.from({ length: 2 * n }, (_, at) => (at % 2 === 0 ? 40 * at : 15 * ((at * 7) % 11))),
    rgba: new Uint32Array(n).fill(rgbaOf('#e69f00')),
    shape: Uint8Array.of(0, 1, 2, 4, 5, 6, SHAPE.hollow, hollowOf(SHAPE.star)),
    radius: new Float32Array(n).fill(6),
    emphasis: null,
    hoveredSlot: -1,
    rings: [],
    nameOrder: Int32Array.from({ length: n }, (_, slot) => slot),
    nameBudget: 30,
    nameBy: 'auto',
    pinned: null,
    edgeMarks: edgeMarks(graph, STYLE),
    edges: null,
    movingEdges: null,
    viewport: { x: 20, y: 20, zoom: 1 },
    fittedZoom: 1,
    radiusScale: 1,
    size: { width: 800, height: 400 },
    dpr: 1,
    theme: LIGHT_CANVAS,
    isMoving: false,
    detail: { isWhole: false, hasEdges: false },
    box: null,
    ...change,
  };
}

const texts = {
  nameWidth: (text: string) => 6 * text.length,
  legendWidth: (text: string) => 7 * text.length,
};

function legendOf(graph: Graph): readonly LegendModel[] {
  const run = { ...testRun(graph, [], []), description: null, snapshot: null };
  return legendSections(graph, {
    setup: testSetup,
    run,
    view: { colourBy: 'label', sizeBy: 'degree', style: STYLE },
  });
}

describe('svgImage', () => {
  it('is well-formed with nodes, edges by relation, names and legend, sized in px', () => {
    const graph = testGraph();
    const elements = parse(svgImage(frameOf(graph), legendOf(graph), texts));
    expect(elements[0]).toMatchObject({
      name: 'svg',
      attributes: { width: '800px', height: '400px', viewBox: '0 0 800 400' },
    });
    const nodeShapes = elements.filter(({ attributes }) => attributes['fill'] === '#e69f00');
    // Six filled nodes and the legend's entries of the first class and the first relation.
    expect(nodeShapes.length).toBe(8);
    expect(elements.filter(({ name }) => name === 'path').length).toBe(3);
    const words = elements.filter(({ name }) => name === 'text').map(({ text }) => text);
    expect(words).toEqual(
      expect.arrayContaining(['Ähre', 'topic', 'art  2', 'unlabelled  3', 'Size: degree', 'Edges: relation']),
    );
  });

  it('keeps hostile names and classes as text', () => {
    const graph = hostileGraph();
    const elements = parse(svgImage(frameOf(graph), legendOf(graph), texts));
    expect(new Set(elements.map(({ name }) => name))).toEqual(
      new Set(['svg', 'title', 'rect', 'g', 'path', 'circle', 'polygon', 'text']),
    );
    const words = elements.filter(({ name }) => name === 'text').map(({ text }) => text);
    expect(words).toContain('<img src=x onerror=alert(1)>');
    expect(words).toContain('"><script>1</script>');
    expect(words).toContain('&lt;&amp;');
    expect(words).toContain('<art & "co">  2');
    expect(elements.find(({ name }) => name === 'title')?.text).toBe('<Graph> & co');
    for (const { attributes } of elements) {
      expect(Object.keys(attributes).filter((name) => name.startsWith('on'))).toEqual([]);
    }
  });

  it('draws the ramp as a gradient whose stops are the palette', () => {
    const ramp: LegendModel = {
      kind: 'ramp',
      title: 'year',
      from: '2000',
      to: '2020',
      ticks: [{ ratio: 0.5, label: '2010' }],
      css: ['#440154', '#21918c', '#fde725'],
      note: 'hollow: no value',
    };
    const elements = parse(svgImage(frameOf(testGraph()), [ramp], texts));
    const gradient = elements.find(({ name }) => name === 'linearGradient');
    const id = gradient?.attributes['id'];
    expect(elements.some(({ attributes }) => attributes['fill'] === `url(#${id})`)).toBe(true);
    expect(elements.filter(({ name }) => name === 'stop').map(({ attributes }) => attributes)).toEqual([
      { offset: '0', 'stop-color': '#440154' },
      { offset: '0.5', 'stop-color': '#21918c' },
      { offset: '1', 'stop-color': '#fde725' },
    ]);
  });

  it('dims what is not selected and lights its edges; places that are not finite are left out', () => {
    const graph = testGraph();
    const shown = showGraph(graph, []);
    const frame = frameOf(graph, { emphasis: emphasisOf(shown, bitsetOf(8, [3])) });
    frame.points[0] = NaN;
    const elements = parse(svgImage(frame, [], texts));
    expect(elements.filter(({ attributes }) => attributes['opacity'] === '0.15').length).toBe(5);
    expect(elements.find(({ attributes }) => attributes['id'] === 'lit')?.attributes['d']).toMatch(
      /^M[^M]+$/,
    );
    expect(JSON.stringify(elements)).not.toContain('NaN');
  });

  it('is a picture also before there are positions', () => {
    const frame = frameOf(testGraph(), { points: new Float32Array(0) });
    expect(parse(svgImage(frame, [], texts)).map(({ name }) => name)).toEqual(['svg', 'title', 'rect', 'g']);
  });
});

describe('placeLabels', () => {
  const graph = testGraph();
  const labels = (change: Partial<GraphFrame>) => {
    const frame = frameOf(graph, change);
    if (frame.shown === null) throw new Error('nothing shown');
    return placeLabels(frame, frame.shown, texts.nameWidth);
  };

  it('names the most important up to the budget', () => {
    const nameOrder = Int32Array.of(3, 2, 1, 0, 4, 5, 6, 7);
    expect(labels({ nameOrder, nameBudget: 2 }).map(({ text }) => text)).toEqual(['Delta', 'Gamma']);
    expect(labels({ nameBudget: 0 })).toEqual([]);
  });

  it('names the selected whatever the budget', () => {
    const emphasis = emphasisOf(showGraph(graph, []), bitsetOf(8, [3]));
    expect(labels({ nameBudget: 0, emphasis }).map(({ text }) => text)).toEqual(['Delta']);
  });

  it('never lets one name cover another', () => {
    const onOneSpot = new Float32Array(16).fill(100);
    expect(labels({ points: onOneSpot }).map(({ text }) => text)).toEqual(['Ähre']);
    const crowded = Float32Array.from({ length: 16 }, (_, at) => (at % 2 === 0 ? 10 * at : 100));
    const boxes = labels({ points: crowded }).map(({ text, x }) => [
      x - 3 * text.length,
      x + 3 * text.length,
    ]);
    boxes.forEach(([left = 0, right = 0], at) => {
      for (const [otherLeft = 0, otherRight = 0] of boxes.slice(at + 1)) {
        expect(left >= otherRight || otherLeft >= right).toBe(true);
      }
    });
    expect(boxes.length).toBeGreaterThan(1);
  });
});
