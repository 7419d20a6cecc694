/**
 * What the model has learned, in two dimensions: the hidden layer of every node on its two principal axes, live. Colours,
 * selection and hover are shared with the graph. Nothing here renders per frame; see `embeddingPainter.ts`.
 */
import { useState } from 'react';
import type { Graph } from '../../core/graph.ts';
import type { WorkbenchState } from '../../state/types.ts';
import { NodeTooltip } from '../GraphView/NodeTooltip.tsx';
import { Legend } from '../palette/Legend.tsx';
import { useIsNarrow } from '../useIsNarrow.ts';
import { nodeParts } from '../palette/nodeMarks.ts';
import { descriptionFor } from '../palette/predictions.ts';
import { useStore } from '../useStore.ts';
import classes from './EmbeddingView.module.css';
import { useEmbeddingGestures } from './useEmbeddingGestures.ts';
import { showsTrainingParts, useEmbeddingPainter } from './useEmbeddingPainter.ts';

export function EmbeddingView() {
  const graph = useStore((state) => state.data.loaded?.graph ?? null);
  const reason = useStore(emptyReason);
  if (graph === null || reason !== null) {
    return (
      <div className={classes.view}>
        <p className={classes.empty}>{reason}</p>
      </div>
    );
  }
  return <Scatter key={graph.version} graph={graph} />;
}

/** Why there is nothing to draw, in one sentence; null when there is. */
function emptyReason({ data, run }: WorkbenchState): string | null {
  if (data.loaded === null) return 'Open a graph and train a model to see what it learns here.';
  if (descriptionFor(data.loaded.graph, run) === null || run.snapshot === null) {
    return 'While a model trains, every node appears here as a point; nodes the model finds alike move together.';
  }
  if (run.snapshot.coordinates === null) return 'This model has no hidden layer to show.';
  return null;
}

const formatShare = (ratio: number): string => `${Math.round(ratio * 100)}\u00a0%`;

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
    <div className={classes.view}>
      <div
        ref={setStage}
        className={classes.stage}
        role="application"
        tabIndex={0}
        aria-label="Embedding: one point per node. Arrow keys pan, plus and minus zoom, F shows all points"
      >
        <canvas ref={setCanvas} className={classes.canvas} />
        <NodeTooltip
          graph={graph}
          placeOf={(node) => (painter === null ? null : painter.placeOf(node - painter.start))}
        />
      </div>
      <Axes />
      <div className={classes.corner}>{!hasGraphBeside && <Legend />}</div>
      <p className={classes.hint}>
        {hasParts && <span>Squares: training nodes</span>}
        <span>Shift-drag to lasso, double click to see all</span>
      </p>
    </div>
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

function Axes() {
  const text = useStore(({ run }) => {
    const explained = run.snapshot?.explained;
    return explained == null
      ? ''
      : `2-D PCA shows ${formatShare(explained[0] + explained[1])} of the variance`;
  });
  return (
    <p
      className={classes.axes}
      title="The hidden layer on the plane of its two principal components, turned to match the frame before"
    >
      {text}
    </p>
  );
}
