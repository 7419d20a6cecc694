/** The overlay painter over two canvases, fed from the store without rendering: theme, colours, sizes, selection. */
import { useComputedColorScheme } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { useEffect, useMemo } from 'react';
import { readCanvasTheme } from '../palette/canvasTheme.ts';
import { hasDistinctPredictions, nodeMarks } from '../palette/nodeMarks.ts';
import { useSubscription } from '../palette/useSubscription.ts';
import { createGraphPainter, type GraphPainter } from './graphPainter.ts';
import type { ShownGraph } from './shownGraph.ts';

/** A painter and the graph it was last given: what the subscriptions below act on. */
export interface Scene {
  readonly painter: GraphPainter;
  readonly shown: ShownGraph;
}

export function usePainter(
  edgeCanvas: HTMLCanvasElement | null,
  nodeCanvas: HTMLCanvasElement | null,
  shown: ShownGraph,
): Scene | null {
  const isDark = useComputedColorScheme('light') === 'dark';
  const isReduced = useReducedMotion();
  const painter = useMemo(
    () => (edgeCanvas === null || nodeCanvas === null ? null : createGraphPainter(edgeCanvas, nodeCanvas)),
    [edgeCanvas, nodeCanvas],
  );
  const scene = useMemo(() => (painter === null ? null : { painter, shown }), [painter, shown]);

  useEffect(() => () => painter?.destroy(), [painter]);
  useEffect(() => {
    if (edgeCanvas !== null) painter?.setTheme(readCanvasTheme(edgeCanvas, isDark));
  }, [painter, edgeCanvas, isDark]);
  useEffect(() => painter?.setReducedMotion(isReduced), [painter, isReduced]);
  // Before the subscriptions: each of them needs the slots of the graph on screen.
  useEffect(() => scene?.painter.setShown(scene.shown), [scene]);

  useSubscription(
    painter,
    ({ view }) => [view.sizeBy, view.style],
    (target, { view }) => target.setStyle(view.sizeBy, view.style),
  );
  useSubscription(
    painter,
    ({ view }) => [view.layout.status],
    (target, { view }) => target.setLayoutMoving(view.layout.status === 'running'),
  );
  useSubscription(
    scene,
    ({ view }) => [view.pinned],
    (target, { view }) => target.painter.setPinned(view.pinned),
  );
  useSubscription(
    scene,
    ({ selection }) => [selection.selected, selection.hovered],
    (target, { selection }) => target.painter.setSelection(selection.selected, selection.hovered),
  );
  useSubscription(
    scene,
    ({ view, setup, run }) => [
      view.colourBy,
      view.style,
      setup.target,
      setup.split,
      setup.task,
      run.description,
      run.snapshot,
      run.result,
      run.status.kind,
    ],
    (target, state) => {
      const marks = nodeMarks(target.shown.graph, state);
      target.painter.setMarks(marks, hasDistinctPredictions(state));
    },
  );
  return scene;
}
