/**
 * What the model has learned, in two dimensions: the hidden layer of every node on its two principal axes, live, or placed by
 * another method on request, as are vectors that came with the graph. Colours, selection and hover are shared with the graph.
 * Nothing here renders per frame; see `embeddingPainter.ts`.
 */
import { useState } from 'react';
import type { Graph } from '../../core/graph.ts';
import { LIVE_PCA } from '../../state/projectionTypes.ts';
import type { WorkbenchState } from '../../state/types.ts';
import { NodeTooltip } from '../GraphView/NodeTooltip.tsx';
import { Legend } from '../palette/Legend.tsx';
import { useIsNarrow } from '../useIsNarrow.ts';
import { nodeParts } from '../palette/nodeMarks.ts';
import { descriptionFor } from '../palette/predictions.ts';
import { useStore } from '../useStore.ts';
import { Caption } from './Caption.tsx';
import classes from './EmbeddingView.module.css';
import { ProjectionBar } from './ProjectionBar.tsx';
import { shownPoints } from './shownPoints.ts';
import { useEmbeddingGestures } from './useEmbeddingGestures.ts';
import { showsTrainingParts, useEmbeddingPainter } from './useEmbeddingPainter.ts';

export function EmbeddingView() {
  const graph = useStore((state) => state.data.loaded?.graph ?? null);
  const reason = useStore(emptyReason);
  return (
    <div className={classes.view}>
      {graph !== null && <ProjectionBar />}
      <div className={classes.body}>
        {graph === null || reason !== null ? (
          <p className={classes.empty}>{reason}</p>
        ) : (
          <Scatter key={graph.version} graph={graph} />
        )}
      </div>
    </div>
  );
}

/** Why there is nothing to draw, in one sentence; null when there is. */
function emptyReason(state: WorkbenchState): string | null {
  const { data, run, projection } = state;
  if (data.loaded === null) return 'Open a graph and train a model to see what it learns here.';
  const { graph } = data.loaded;
  if (shownPoints(graph, state) !== null) return null;
  if (projection.method !== LIVE_PCA) {
    return projection.status.kind === 'idle'
      ? 'Choose what to project, then press Project.'
      : 'The points appear as soon as the nearest neighbours of each are found.';
  }
  return descriptionFor(graph, run) === null || run.snapshot === null
    ? 'While a model trains, every node appears here as a point; nodes the model finds alike move together.'
    : 'This model has no hidden layer to show.';
}

function Scatter({ graph }: { readonly graph: Graph }) {
  // Side by side the graph's legend speaks for both.
  const isNarrow = useIsNarrow();
  const hasGraphBeside = useStore((state) => state.view.split) && !isNarrow;
  const [stage, setStage] = useState<HTMLDivElement | null>(null);
  const [canvas, setCanvas] = useState<HTMLCanvasElement | null>(null);
  const painter = useEmbeddingPainter(canvas, graph);
  useEmbeddingGestures(stage, painter);
  const hasParts = useStore(
    (state) => showsTrainingParts(state) && (state.run.result !== null || nodePartsKnown(graph, state)),
  );
  return (
    <>
      <div
        ref={setStage}
        className={classes.stage}
        role="application"
        tabIndex={0}
        aria-label="Embedding: one point per node. Arrow keys pan, plus and minus zoom, F shows all points"
      >
        <canvas ref={setCanvas} className={classes.canvas} />
        <NodeTooltip graph={graph} placeOf={(node) => painter?.placeOfNode(node) ?? null} />
      </div>
      <Caption graph={graph} />
      <div className={classes.corner}>{!hasGraphBeside && <Legend />}</div>
      <p className={classes.hint}>
        {hasParts && <span>Squares: training nodes</span>}
        <span>Shift-drag to lasso, double click to see all</span>
      </p>
    </>
  );
}

const knownParts = new WeakMap<Graph, Map<string, boolean>>();

/** Whether the split can be told before the run has ended; asked on every change of state, so remembered. */
function nodePartsKnown(graph: Graph, state: WorkbenchState): boolean {
  let bySplit = knownParts.get(graph);
  if (bySplit === undefined) {
    bySplit = new Map();
    knownParts.set(graph, bySplit);
  }
  const known = bySplit.get(state.setup.split) ?? nodeParts(graph, state) !== null;
  bySplit.set(state.setup.split, known);
  return known;
}
