/**
 * Cytoscape's share of the drawing: detailed edges at the selection, or all of a small graph, while the layout is still.
 * Kept to a few hundred elements, so that its redraws stay within a frame.
 */
import { useComputedColorScheme } from '@mantine/core';
import type { Core } from 'cytoscape';
import { useEffect, useMemo } from 'react';
import type { ViewSlice } from '../../state/types.ts';
import { readCanvasTheme } from '../palette/canvasTheme.ts';
import { useSubscription } from '../palette/useSubscription.ts';
import { useStoreApi } from '../useStore.ts';
import type { GraphPainter } from './graphPainter.ts';
import { radiusScaleAt } from './nodeSize.ts';
import { stylesheet } from './stylesheet.ts';
import { detailPart, toElements } from './toElements.ts';
import type { Scene } from './usePainter.ts';

const RESTYLE_MS = 120;

interface Target extends Scene {
  readonly core: Core;
}

/** Nothing while nodes move: the painter has the edges then. */
function draw({ core, painter, shown }: Target, view: ViewSlice, isDark: boolean): void {
  const { points, emphasis, edgeMarks } = painter.frame;
  const isStill = view.layout.status !== 'running' && !painter.isGliding && points.length > 0;
  const part = isStill ? detailPart(shown, emphasis) : { edges: [], isWhole: false };
  core.batch(() => {
    core.elements().remove();
    core.add(toElements(shown, part, points, emphasis, edgeMarks, (slot) => diameter(painter, slot)));
  });
  painter.setDetail({ isWhole: part.isWhole, hasEdges: part.edges.length > 0 });
  restyle(core, painter, isDark);
}

export function useDetail(core: Core | null, scene: Scene | null): void {
  const isDark = useComputedColorScheme('light') === 'dark';
  const store = useStoreApi();
  const target = useMemo(() => (core === null || scene === null ? null : { core, ...scene }), [core, scene]);

  useSubscription(
    target,
    ({ view, selection }) => [
      view.positions,
      view.layout.status,
      view.sizeBy,
      view.style,
      selection.selected,
    ],
    (to, { view }) => draw(to, view, isDark),
  );
  useEffect(() => target?.painter.onArrival(() => draw(target, store.getState().view, isDark)));

  useEffect(() => {
    if (target === null) return;
    const { core: cy, painter } = target;
    restyle(cy, painter, isDark);
    let timer = 0;
    const later = (): void => {
      clearTimeout(timer);
      timer = window.setTimeout(() => restyle(cy, painter, isDark), RESTYLE_MS);
    };
    cy.on('zoom', later);
    return () => {
      clearTimeout(timer);
      cy.off('zoom', later);
    };
  }, [target, isDark]);
}

/** Diameter of the disc the overlay draws, in graph units, with room for its outline. */
function diameter({ frame }: GraphPainter, slot: number): number {
  const scale = radiusScaleAt(frame.viewport.zoom, frame.fittedZoom);
  return (2 * (frame.radius[slot] ?? 4) * scale + 2) / frame.viewport.zoom;
}

/** Sizes are screen sizes, so a change of zoom is a change of style. */
function restyle(core: Core, painter: GraphPainter, isDark: boolean): void {
  const container = core.container();
  if (container === null) return;
  core.batch(() => {
    core.nodes().forEach((node) => {
      node.data('diameter', diameter(painter, node.data('slot') as number));
    });
  });
  const theme = readCanvasTheme(container, isDark);
  core.style(stylesheet({ theme, zoom: painter.frame.viewport.zoom, numEdges: core.edges().length }));
}
