/** The embedding's painter, fed from the store without rendering: coordinates, colours, selection, theme, size. */
import { useComputedColorScheme } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { useEffect, useMemo, useRef } from 'react';
import type { Graph } from '../../core/graph.ts';
import { LIVE_PCA } from '../../state/projectionTypes.ts';
import type { WorkbenchState } from '../../state/types.ts';
import { readCanvasTheme } from '../palette/canvasTheme.ts';
import { hasDistinctPredictions, nodeMarks, type NodeMarks, nodeParts } from '../palette/nodeMarks.ts';
import { SHAPE } from '../palette/shapes.ts';
import { useCanvasSize } from '../palette/useCanvasSize.ts';
import { useSubscription } from '../palette/useSubscription.ts';
import { createEmbeddingPainter, type EmbeddingPainter } from './embeddingPainter.ts';
import { shownPoints } from './shownPoints.ts';

const TRAIN = 1;

/** Whether shapes are free to tell training nodes: nothing else is said by them. */
export const showsTrainingParts = ({ view: { colourBy, style } }: WorkbenchState): boolean =>
  colourBy !== 'split' && colourBy !== 'correct' && style.shapeBy === 'none';

/** Marks as in the graph, with training nodes as squares wherever shapes are not already spoken for. */
export function embeddingMarks(graph: Graph, state: WorkbenchState): NodeMarks {
  const marks = nodeMarks(graph, state);
  const parts = showsTrainingParts(state) ? nodeParts(graph, state) : null;
  parts?.forEach((part, node) => {
    if (part === TRAIN && marks.shape[node] === SHAPE.circle) marks.shape[node] = SHAPE.square;
  });
  return marks;
}

export function useEmbeddingPainter(canvas: HTMLCanvasElement | null, graph: Graph): EmbeddingPainter | null {
  const isDark = useComputedColorScheme('light') === 'dark';
  const isReduced = useReducedMotion();
  const painter = useMemo(() => (canvas === null ? null : createEmbeddingPainter(canvas)), [canvas]);
  const shownKey = useRef('');
  const scene = useMemo(() => (painter === null ? null : { painter, graph }), [painter, graph]);

  useEffect(() => () => painter?.destroy(), [painter]);
  useEffect(() => {
    if (canvas !== null) painter?.setTheme(readCanvasTheme(canvas, isDark));
  }, [painter, canvas, isDark]);
  useEffect(() => painter?.setReducedMotion(isReduced), [painter, isReduced]);
  useCanvasSize(canvas, painter, (target, size, dpr) => target.setSize(size, dpr));

  useSubscription(
    scene,
    ({ run, projection }) => [run.snapshot?.coordinates, projection.results[projection.method]?.coordinates],
    (target, state) => {
      const shown = shownPoints(target.graph, state);
      if (shown === null) return;
      target.painter.setCoordinates(shown.coordinates, shown.nodes, shown.key !== shownKey.current);
      target.painter.setAxes(shown.key === LIVE_PCA);
      shownKey.current = shown.key;
    },
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
    (target, state) =>
      target.painter.setMarks(embeddingMarks(target.graph, state), hasDistinctPredictions(state)),
  );
  useSubscription(
    painter,
    ({ selection }) => [selection.selected, selection.hovered],
    (target, { selection }) => target.setSelection(selection.selected, selection.hovered),
  );
  return painter;
}
