/**
 * The graph: Cytoscape for gestures and edge detail between two canvases that paint everything else. This component
 * mounts the layers and wires one hook per concern; none of it renders per frame.
 */
import { useEffect, useRef, useState } from 'react';
import { Legend } from '../palette/Legend.tsx';
import { legendSections } from '../palette/legendModel.ts';
import { useCommands, useStore, useStoreApi } from '../useStore.ts';
import { captureImage } from './captureImage.ts';
import classes from './GraphView.module.css';
import { GraphToolbar } from './GraphToolbar.tsx';
import { registerCapture } from './imageCapture.ts';
import { NodeAnnouncer, NodeTooltip } from './NodeTooltip.tsx';
import { screenPoint } from './paintGraph.ts';
import { sampleNote, type ShownGraph } from './shownGraph.ts';
import { useCytoscape } from './useCytoscape.ts';
import { useDetail } from './useDetail.ts';
import { useElements } from './useElements.ts';
import { useGraphKeys } from './useGraphKeys.ts';
import { usePainter } from './usePainter.ts';
import { usePointer } from './usePointer.ts';
import { useViewport } from './useViewport.ts';

export function GraphView() {
  const shown = useElements();
  if (shown === null) return <p className={classes.empty}>Open a graph to see it here.</p>;
  return <MountedGraph shown={shown} />;
}

function MountedGraph({ shown }: { readonly shown: ShownGraph }) {
  const [stage, setStage] = useState<HTMLDivElement | null>(null);
  const [edgeCanvas, setEdgeCanvas] = useState<HTMLCanvasElement | null>(null);
  const [nodeCanvas, setNodeCanvas] = useState<HTMLCanvasElement | null>(null);
  const container = useRef<HTMLDivElement>(null);
  const searchInput = useRef<HTMLInputElement>(null);
  const commands = useCommands();
  const store = useStoreApi();
  const { graph } = shown;

  const core = useCytoscape(container);
  const scene = usePainter(edgeCanvas, nodeCanvas, shown);
  const painter = scene?.painter ?? null;
  const viewport = useViewport(core, scene, stage);
  usePointer(core, painter, viewport.touch);
  useDetail(core, scene);
  const hasFocus = useGraphKeys(stage, painter, viewport, () => searchInput.current?.focus());

  useEffect(() => {
    if (painter === null) return;
    return registerCapture((request) =>
      captureImage(painter.frame, legendSections(graph, store.getState()), request),
    );
  }, [painter, graph, store]);

  function placeOf(node: number): ReturnType<typeof screenPoint> | null {
    const slot = painter?.frame.shown?.slotOf[node] ?? -1;
    if (painter === null || slot < 0 || painter.frame.points.length === 0) return null;
    return screenPoint(painter.frame, slot);
  }

  function pick(node: number): void {
    commands.select([node]);
    stage?.focus();
    const place = placeOf(node);
    if (place !== null) viewport.reveal(place.x, place.y, false);
  }

  const note = sampleNote(shown);
  return (
    <div className={classes.view}>
      <GraphToolbar
        graph={graph}
        searchInput={searchInput}
        viewport={viewport}
        onPick={pick}
        onLeaveSearch={() => stage?.focus()}
      />
      <div
        ref={setStage}
        className={classes.stage}
        role="application"
        tabIndex={0}
        aria-label={`Graph of ${graph.name}: arrow keys walk to neighbours, Enter selects, Escape clears, slash searches`}
      >
        <canvas ref={setEdgeCanvas} className={classes.layer} />
        <div ref={container} className={classes.layer} />
        <canvas ref={setNodeCanvas} className={classes.topLayer} />
        <NodeTooltip graph={graph} placeOf={placeOf} />
        <WaitingNote />
      </div>
      <div className={classes.corner}>
        <Legend />
      </div>
      {note !== null && <p className={classes.note}>{note}</p>}
      <NodeAnnouncer graph={graph} isActive={hasFocus} />
    </div>
  );
}

/** Said until the first layout frame, so that an empty canvas is never without a word. */
function WaitingNote() {
  const isWaiting = useStore((state) => state.view.positions === null);
  const hasFailed = useStore((state) => state.view.layout.status === 'failed');
  if (!isWaiting) return null;
  return (
    <p className={classes.waiting} aria-live="polite">
      {hasFailed ? 'The layout failed. Run it again from the toolbar.' : 'Arranging the nodes'}
    </p>
  );
}
