/**
 * The exported picture as SVG 1.1 (https://www.w3.org/TR/SVG11/): edges grouped by stroke, nodes, names and the legend,
 * in CSS px, with text as text. Pure: what it writes depends on the frame alone; text widths are handed in.
 */
import { xmlText } from '../../core/xmlText.ts';
import type { LegendModel } from '../palette/legendModel.ts';
import { cssOf, outlineOf, type Rgba } from '../palette/palette.ts';
import { isHollow, type Shape, shapeCorners } from '../palette/shapes.ts';
import { DIMMED_ALPHA } from '../palette/stampPoints.ts';
import { edgeOpacity, type GraphFrame, MAX_HIGHLIGHT_EDGES, screenPoint } from './paintGraph.ts';
import { placeLabels } from './paintLabels.ts';
import { type Instruction, LEGEND_FONT_PX, MARGIN_PX, sceneLegend, type WidthOf } from './sceneLegend.ts';
import { edgesAt, EMPHASIS, sampleNote, type ShownGraph } from './shownGraph.ts';

export interface SvgTexts {
  /** Width of a node's name, CSS px. */
  readonly nameWidth: (text: string) => number;
  readonly legendWidth: WidthOf;
}

/** Tenths of a pixel: finer than any screen, and half the file. */
const px = (value: number): string => String(Math.round(value * 10) / 10);
const share = (value: number): string => String(Math.round(value * 100) / 100);

/** Returns the document. O(N + E) shown. */
export function svgImage(frame: GraphFrame, legend: readonly LegendModel[], texts: SvgTexts): string {
  const { size, theme, shown } = frame;
  const [width, height] = [px(size.width), px(size.height)];
  const drawn = shown === null || frame.points.length === 0 ? null : shown;
  const instructions = sceneLegend(legend, size, theme, texts.legendWidth);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}px" height="${height}px" viewBox="0 0 ${width} ${height}" font-family="Inter, system-ui, sans-serif">`,
    `<title>${xmlText(shown?.graph.name ?? 'Graph')}</title>`,
    `<rect width="${width}" height="${height}" fill="${theme.background}"/>`,
    ...(drawn === null ? [] : [edgesOf(frame, drawn), nodesOf(frame), namesOf(frame, drawn, texts)]),
    `<g id="legend" font-size="${LEGEND_FONT_PX}">`,
    ...instructions.map(elementOf),
    '</g>',
    ...(drawn === null ? [] : noteOf(frame, drawn)),
    '</svg>',
    '',
  ].join('\n');
}

function edgesOf(frame: GraphFrame, shown: ShownGraph): string {
  const { edgeMarks, theme } = frame;
  const groups = edgeMarks?.groups ?? [{ css: null, widthPx: null }];
  const paths: string[][] = groups.map(() => []);
  for (let edge = 0; edge < shown.source.length; edge++) {
    const group = edgeMarks?.groupOf[shown.sample.edges[edge] as number] ?? 0;
    paths[group]?.push(linePath(frame, shown, edge));
  }
  const elements = groups.flatMap((group, at) => {
    const path = (paths[at] ?? []).join('');
    if (path === '') return [];
    const opacity = share(edgeOpacity(frame, shown, group, group.widthPx !== null));
    return [
      `<path d="${path}" stroke="${group.css ?? theme.edge}" stroke-width="${px(group.widthPx ?? 1)}" stroke-opacity="${opacity}"/>`,
    ];
  });
  return `<g id="edges" fill="none">\n${[...elements, ...litEdges(frame, shown)].join('\n')}\n</g>`;
}

/** Edges of the selected nodes over the dimmed rest. */
function litEdges(frame: GraphFrame, shown: ShownGraph): string[] {
  const { emphasis, theme } = frame;
  if (emphasis === null) return [];
  const lit = edgesAt(shown, (slot) => emphasis[slot] === EMPHASIS.selected, MAX_HIGHLIGHT_EDGES);
  if (lit.length === 0) return [];
  const path = lit.map((edge) => linePath(frame, shown, edge)).join('');
  return [`<path id="lit" d="${path}" stroke="${theme.edge}" stroke-width="1" stroke-opacity="0.85"/>`];
}

/** One edge as a path, '' where an end has no place. */
function linePath(frame: GraphFrame, shown: ShownGraph, edge: number): string {
  const from = screenPoint(frame, shown.source[edge] as number);
  const to = screenPoint(frame, shown.target[edge] as number);
  if (![from.x, from.y, to.x, to.y].every(Number.isFinite)) return '';
  return `M${px(from.x)} ${px(from.y)}L${px(to.x)} ${px(to.y)}`;
}

function nodesOf(frame: GraphFrame): string {
  const { points, emphasis, rgba, shape } = frame;
  const slots = Array.from({ length: points.length / 2 }, (_, slot) => slot);
  const isDimmed = (slot: number): boolean => emphasis?.[slot] === EMPHASIS.dimmed;
  // Dimmed ones below, as on the canvas.
  const ordered = [...slots.filter(isDimmed), ...slots.filter((slot) => !isDimmed(slot))];
  const elements = ordered.flatMap((slot) => {
    const { x, y, radius } = screenPoint(frame, slot);
    if (!Number.isFinite(x) || !Number.isFinite(y)) return [];
    const paint = paintOf(frame, rgba[slot] as Rgba, shape[slot] as Shape);
    const opacity = isDimmed(slot) ? ` opacity="${DIMMED_ALPHA}"` : '';
    const selected =
      emphasis?.[slot] === EMPHASIS.selected
        ? [
            `<circle cx="${px(x)}" cy="${px(y)}" r="${px(radius + 2.5)}" fill="none" stroke="${frame.theme.accent}" stroke-width="2"/>`,
          ]
        : [];
    return [markElement(shape[slot] as Shape, x, y, radius, `${paint}${opacity}`), ...selected];
  });
  return `<g id="nodes">\n${elements.join('\n')}\n</g>`;
}

function paintOf({ theme }: GraphFrame, rgba: Rgba, shape: Shape): string {
  return isHollow(shape)
    ? `fill="${theme.background}" stroke="${cssOf(rgba)}" stroke-width="1.5"`
    : `fill="${cssOf(rgba)}" stroke="${cssOf(outlineOf(rgba, theme.isDark))}" stroke-width="1"`;
}

function markElement(shape: Shape, x: number, y: number, radius: number, attributes: string): string {
  const corners = shapeCorners(shape);
  if (corners === null) return `<circle cx="${px(x)}" cy="${px(y)}" r="${px(radius)}" ${attributes}/>`;
  const points = corners.map(([dx, dy]) => `${px(x + dx * radius)},${px(y + dy * radius)}`).join(' ');
  return `<polygon points="${points}" ${attributes}/>`;
}

/** Baselines are given in px, because `dominant-baseline` is not read everywhere; a line's baseline is at 0.8 of its size. */
const NAME_FONT_PX = 11;
const ASCENT = 0.8;

function namesOf(frame: GraphFrame, shown: ShownGraph, { nameWidth }: SvgTexts): string {
  const { theme } = frame;
  const elements = placeLabels(frame, shown, nameWidth).map(
    ({ text, x, top }) => `<text x="${px(x)}" y="${px(top + NAME_FONT_PX * ASCENT)}">${xmlText(text)}</text>`,
  );
  return [
    `<g id="names" font-size="${NAME_FONT_PX}" font-weight="500" text-anchor="middle" fill="${theme.text}" stroke="${theme.background}" stroke-width="3" stroke-linejoin="round" paint-order="stroke">`,
    ...elements,
    '</g>',
  ].join('\n');
}

function noteOf({ size, theme }: GraphFrame, shown: ShownGraph): string[] {
  const note = sampleNote(shown);
  if (note === null) return [];
  const [x, y] = [px(size.width - MARGIN_PX), px(size.height - MARGIN_PX)];
  return [
    `<text id="note" x="${x}" y="${y}" text-anchor="end" font-size="${LEGEND_FONT_PX}" fill="${theme.muted}">${xmlText(note)}</text>`,
  ];
}

function elementOf(instruction: Instruction, at: number): string {
  const { x, y } = instruction;
  switch (instruction.kind) {
    case 'panel':
      return `<rect x="${px(x)}" y="${px(y)}" width="${px(instruction.width)}" height="${px(instruction.height)}" rx="4" fill="${instruction.fill}" fill-opacity="0.9" stroke="${instruction.stroke}" stroke-opacity="0.4" stroke-width="0.5"/>`;
    case 'text': {
      const weight = instruction.isBold ? ' font-weight="600"' : '';
      const baseline = px(y + LEGEND_FONT_PX * 0.36);
      return `<text x="${px(x)}" y="${baseline}" text-anchor="${instruction.anchor}"${weight} fill="${instruction.fill}" xml:space="preserve">${xmlText(instruction.text)}</text>`;
    }
    case 'mark': {
      const ink = isHollow(instruction.shape)
        ? `fill="none" stroke="${instruction.css}" stroke-width="1.5"`
        : `fill="${instruction.css}"`;
      return markElement(instruction.shape, x, y, instruction.radius, ink);
    }
    case 'line':
      return `<rect x="${px(x)}" y="${px(y - instruction.width / 2)}" width="${px(instruction.length)}" height="${px(instruction.width)}" fill="${instruction.css}"/>`;
    case 'ramp': {
      const id = `ramp-${at}`;
      const stops = instruction.css.map(
        (css, step) => `<stop offset="${share(step / (instruction.css.length - 1))}" stop-color="${css}"/>`,
      );
      return [
        `<linearGradient id="${id}">${stops.join('')}</linearGradient>`,
        `<rect x="${px(x)}" y="${px(y)}" width="${px(instruction.width)}" height="${px(instruction.height)}" fill="url(#${id})"/>`,
      ].join('\n');
    }
    default:
      return instruction satisfies never;
  }
}
