/**
 * Pan and zoom: Cytoscape owns them, the painter follows. The graph is fitted when its first positions arrive and kept
 * fitted while the layout spreads it out, until a person pans or zooms; a layout that placed all nodes at once is fitted.
 */
import type { Core } from 'cytoscape';
import { useEffect, useMemo } from 'react';
import type { Graph } from '../../core/graph.ts';
import { useCanvasSize } from '../palette/useCanvasSize.ts';
import { useSubscription } from '../palette/useSubscription.ts';
import { type Viewport, zoomAt } from '../palette/viewport.ts';
import type { GraphPainter } from './graphPainter.ts';
import type { Scene } from './usePainter.ts';

export interface ViewportControl {
  fit(): void;
  zoomBy(factor: number): void;
  /** Pans so that a screen position comes to the centre; when `isGentle`, only if it is near the border or outside. */
  reveal(x: number, y: number, isGentle: boolean): void;
  /** A person has arranged what they see: it is not fitted again by itself. */
  touch(): void;
}

const EDGE_MARGIN_PX = 48;

interface FollowingControl extends ViewportControl {
  /** Fits the view again unless a person has moved it. */
  follow(): void;
}

function viewportControl(
  core: Core | null,
  painter: GraphPainter | null,
  graph: Graph | null,
): FollowingControl {
  let moved: Graph | null = null;
  const touch = (): void => {
    moved = graph;
  };
  const apply = ({ x, y, zoom }: Viewport): void => {
    painter?.setViewport({ x, y, zoom });
    core?.viewport({ zoom, pan: { x, y } });
  };
  const follow = (): void => {
    if (painter === null || moved === graph) return;
    const viewport = painter.fitted();
    core?.minZoom(viewport.zoom / 8).maxZoom(viewport.zoom * 60);
    apply(viewport);
  };
  return {
    follow,
    touch,
    fit: () => {
      moved = null;
      follow();
    },
    zoomBy: (factor) => {
      if (painter === null) return;
      touch();
      const { viewport, size } = painter.frame;
      apply(zoomAt(viewport, factor, size.width / 2, size.height / 2));
    },
    reveal: (x, y, isGentle) => {
      if (painter === null) return;
      const { viewport, size } = painter.frame;
      const isInside = (at: number, length: number): boolean =>
        at > EDGE_MARGIN_PX && at < length - EDGE_MARGIN_PX;
      if (isGentle && isInside(x, size.width) && isInside(y, size.height)) return;
      touch();
      apply({ ...viewport, x: viewport.x + size.width / 2 - x, y: viewport.y + size.height / 2 - y });
    },
  };
}

export function useViewport(
  core: Core | null,
  scene: Scene | null,
  element: HTMLElement | null,
): ViewportControl {
  const painter = scene?.painter ?? null;
  const graph = scene?.shown.graph ?? null;

  const control = useMemo(() => viewportControl(core, painter, graph), [core, painter, graph]);

  useEffect(() => {
    if (core === null || painter === null) return;
    const { x, y, zoom } = painter.frame.viewport;
    core.viewport({ zoom, pan: { x, y } });
    const follow = (): void => painter.setViewport({ ...core.pan(), zoom: core.zoom() });
    core.on('viewport', follow);
    core.on('dragpan scrollzoom pinchzoom', control.touch);
    return () => {
      core.off('viewport', follow);
      core.off('dragpan scrollzoom pinchzoom', control.touch);
    };
  }, [core, painter, control]);

  const target = useMemo(
    () => (scene === null ? null : { painter: scene.painter, core, control }),
    [scene, core, control],
  );
  useCanvasSize(element, target, (to, size, dpr) => {
    to.painter.setSize(size, dpr);
    to.core?.resize();
    to.control.follow();
  });
  useSubscription(
    target,
    ({ view }) => [view.positions],
    (to, { view }) => {
      to.painter.setPositions(view.positions, to.control.follow);
      to.control.follow();
    },
  );
  useSubscription(
    target,
    ({ view }) => [view.layout],
    (to, { view }) => {
      if (view.layout.status === 'finished' && view.layout.isStatic === true) to.control.fit();
    },
  );
  return control;
}
