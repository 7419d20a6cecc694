/**
 * Cytoscape elements for the detail layer: the edges at the selection (or every edge of a small graph) with direction,
 * parallels, loops and relation names, and their end nodes as invisible anchors. Pure; all text stays text on a canvas.
 */
import type { ElementDefinition } from 'cytoscape';
import { edgeTypeOf } from '../../core/graph.ts';
import type { EdgeMarks } from '../palette/edgeMarks.ts';
import { edgesAt, EMPHASIS, type ShownGraph } from './shownGraph.ts';

/** Up to here Cytoscape draws every edge itself; beyond, only those of the selection. */
export const MAX_DETAIL_NODES = 150;
export const MAX_DETAIL_EDGES = 300;
/** More relation names than this overlap. */
const MAX_EDGE_LABELS = 40;

export interface DetailPart {
  /** Positions in the shown edge arrays. */
  readonly edges: readonly number[];
  /** True when these are all edges, so that the overlay need not paint any. */
  readonly isWhole: boolean;
}

/** Chooses the edges that get Cytoscape's detail: none when the selection has too many, which the overlay lights up. O(E). */
export function detailPart(shown: ShownGraph, emphasis: Uint8Array | null): DetailPart {
  const isSmall = shown.sample.nodes.length <= MAX_DETAIL_NODES && shown.source.length <= MAX_DETAIL_EDGES;
  if (isSmall) return { edges: Array.from(shown.source.keys()), isWhole: true };
  if (emphasis === null) return { edges: [], isWhole: false };
  const isSelected = (slot: number): boolean => emphasis[slot] === EMPHASIS.selected;
  const edges = edgesAt(shown, isSelected, MAX_DETAIL_EDGES + 1);
  return { edges: edges.length > MAX_DETAIL_EDGES ? [] : edges, isWhole: false };
}

export const nodeElementId = (slot: number): string => `n${slot}`;

/**
 * Returns anchors and edges of the part, nodes first, each once.
 * @param diameterOf  of the disc that the overlay draws, in graph units: edges end at its rim
 */
export function toElements(
  shown: ShownGraph,
  part: DetailPart,
  points: Float32Array,
  emphasis: Uint8Array | null,
  marks: EdgeMarks | null,
  diameterOf: (slot: number) => number,
): ElementDefinition[] {
  const anchors = new Map<number, ElementDefinition>();
  const { graph, sample } = shown;
  const hasLabels = graph.edgeTypes.length > 1 && part.edges.length <= MAX_EDGE_LABELS;
  const anchor = (slot: number): string => {
    const id = nodeElementId(slot);
    if (!anchors.has(slot)) {
      const position = { x: points[2 * slot] ?? 0, y: points[2 * slot + 1] ?? 0 };
      anchors.set(slot, { group: 'nodes', data: { id, slot, diameter: diameterOf(slot) }, position });
    }
    return id;
  };
  const edges = part.edges.map((edge): ElementDefinition => {
    const row = sample.edges[edge] as number;
    const type = edgeTypeOf(graph, row);
    const source = shown.source[edge] as number;
    const target = shown.target[edge] as number;
    const group = marks?.groups[marks.groupOf[row] as number];
    const isLit =
      emphasis === null || emphasis[source] === EMPHASIS.selected || emphasis[target] === EMPHASIS.selected;
    return {
      group: 'edges',
      data: {
        id: `e${row}`,
        source: anchor(source),
        target: anchor(target),
        label: hasLabels ? (graph.edgeTypes.relation[type] ?? '') : '',
        ...(typeof group?.css === 'string' ? { colour: group.css } : {}),
        ...(typeof group?.widthPx === 'number' ? { widthPx: group.widthPx } : {}),
      },
      classes: [
        graph.edgeTypes.directed[type] === 1 ? 'directed' : '',
        isLit ? '' : 'dimmed',
        emphasis !== null && isLit ? 'lit' : '',
      ].filter((name) => name !== ''),
    };
  });
  return [...anchors.values(), ...edges];
}
