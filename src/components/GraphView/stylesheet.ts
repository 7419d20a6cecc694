/** Cytoscape's stylesheet for the detail layer at one zoom. Pure: sizes are given in screen px and divided by the zoom. */
import type { EdgeSingular, StylesheetJson } from 'cytoscape';
import type { CanvasTheme } from '../palette/canvasTheme.ts';
import { DIMMED_ALPHA } from '../palette/stampPoints.ts';

/** Cytoscape's box around an arrowhead is at least 29 model units at scale 1; the triangle fills a third of it. */
const ARROW_UNIT = 29;
const ARROW_PX = 22;

export interface StyleInput {
  readonly theme: CanvasTheme;
  readonly zoom: number;
  readonly numEdges: number;
}

export function stylesheet({ theme, zoom, numEdges }: StyleInput): StylesheetJson {
  const px = (value: number): number => value / zoom;
  const opacity = Math.max(0.35, Math.min(0.75, 8 / Math.sqrt(numEdges + 1)));
  return [
    {
      selector: 'core',
      style: {
        'active-bg-color': theme.accent,
        'active-bg-opacity': 0,
        'active-bg-size': 0,
        'selection-box-color': theme.accent,
        'selection-box-border-color': theme.accent,
        // The overlay draws the box, above the nodes.
        'selection-box-border-width': 0,
        'selection-box-opacity': 0,
        'outside-texture-bg-color': theme.background,
        'outside-texture-bg-opacity': 0,
      },
    },
    // The overlay paints the discs; these anchors only end edges at the right distance.
    {
      selector: 'node',
      style: {
        'background-opacity': 0,
        'border-width': 0,
        width: 'data(diameter)',
        height: 'data(diameter)',
        events: 'no',
        'overlay-opacity': 0,
      },
    },
    {
      selector: 'edge',
      style: {
        width: px(1.1),
        'line-color': theme.edge,
        'line-opacity': opacity,
        'curve-style': 'bezier',
        'control-point-step-size': px(22),
        'overlay-opacity': 0,
        events: 'no',
        label: 'data(label)',
        color: theme.text,
        'font-size': px(10),
        'text-rotation': 'autorotate',
        'text-background-color': theme.background,
        'text-background-opacity': 0.85,
        'text-background-padding': `${px(2)}px`,
      },
    },
    {
      selector: 'edge.directed',
      style: {
        'target-arrow-shape': 'triangle',
        'target-arrow-color': theme.edge,
        'arrow-scale': ARROW_PX / (ARROW_UNIT * zoom),
      },
    },
    {
      selector: 'edge.lit',
      style: { width: px(1.5), 'line-color': theme.text, 'target-arrow-color': theme.text },
    },
    // Chosen colours and widths hold for lit edges too.
    {
      selector: 'edge[colour]',
      style: { 'line-color': 'data(colour)', 'target-arrow-color': 'data(colour)', 'line-opacity': 0.85 },
    },
    {
      selector: 'edge[widthPx]',
      style: { width: (edge: EdgeSingular) => px(edge.data('widthPx') as number) },
    },
    { selector: 'edge.dimmed', style: { opacity: DIMMED_ALPHA * 2 } },
  ];
}
