/** A few words beside the node under the pointer, and the same words for a screen reader while the keyboard walks. */
import { hasBit } from '../../core/bitset.ts';
import type { Graph } from '../../core/graph.ts';
import { nodeId } from '../../core/graph.ts';
import type { WorkbenchState } from '../../state/types.ts';
import { answerText, predictionText } from '../palette/nodeTexts.ts';
import { useStore, useStoreApi } from '../useStore.ts';
import classes from './NodeTooltip.module.css';
import { nodeName } from './nodeName.ts';

const ROOM_ABOVE_PX = 110;
const GAP_PX = 10;

interface ScreenPlace {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Name, id when it differs, label, prediction, and whether it is pinned: one line each. */
export function describeNode(state: WorkbenchState, graph: Graph, node: number): string[] {
  const id = nodeId(graph, node);
  const name = nodeName(graph, node, 40, state.view.style.nameBy);
  const answer = answerText(state, graph, node);
  const prediction = predictionText(state, graph, node);
  const { pinned } = state.view;
  const isPinned = pinned !== null && hasBit(pinned, node);
  return [
    name,
    ...(name === id || name.endsWith('…') ? [] : [id]),
    ...(answer === null ? [] : [answer]),
    ...(prediction === null ? [] : [prediction]),
    ...(isPinned ? ['pinned'] : []),
  ];
}

interface NodeTooltipProps {
  readonly graph: Graph;
  /** Where the node is now; null when it is not drawn. */
  readonly placeOf: (node: number) => ScreenPlace | null;
}

export function NodeTooltip({ graph, placeOf }: NodeTooltipProps) {
  const hovered = useStore((state) => state.selection.hovered);
  useStore((state) => (hovered === null ? null : state.run.snapshot));
  useStore((state) => state.view.pinned);
  const store = useStoreApi();
  const place = hovered === null ? null : placeOf(hovered);
  if (hovered === null || place === null) return null;
  const isBelow = place.y < ROOM_ABOVE_PX;
  const top = isBelow ? place.y + place.radius + GAP_PX : place.y - place.radius - GAP_PX;
  const [title, ...lines] = describeNode(store.getState(), graph, hovered);
  return (
    <div
      className={classes.tooltip}
      aria-hidden="true"
      data-below={isBelow}
      style={{ left: `clamp(135px, ${place.x}px, 100% - 135px)`, top }}
    >
      <strong>{title}</strong>
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </div>
  );
}

/** Says where the keyboard is; polite, so that walking fast skips ahead. */
export function NodeAnnouncer({ graph, isActive }: { readonly graph: Graph; readonly isActive: boolean }) {
  const node = useStore(({ selection }) => (isActive ? (selection.hovered ?? selection.focused) : null));
  useStore((state) => state.view.pinned);
  const store = useStoreApi();
  const text = node === null ? '' : describeNode(store.getState(), graph, node).join(', ');
  return (
    <div className="gw-visually-hidden" aria-live="polite">
      {text}
    </div>
  );
}
