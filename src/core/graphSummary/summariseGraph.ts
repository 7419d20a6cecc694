/**
 * What a person should know of a graph before learning from it: its size and shape, how labels lie in it, and what
 * would spoil a result. Plain data; words for it are in the view.
 */
import type { Column } from '../columns.ts';
import { type Graph, isNodeDeleted, numNodes } from '../graph.ts';
import { classBalance } from '../graphMetrics/classBalance.ts';
import { edgeHomophily } from '../graphMetrics/homophily.ts';
import { type LiveEdges, liveEdges } from '../graphMetrics/liveEdges.ts';
import { nodeTypeIndex, tableColumn } from '../schema/graphTables.ts';
import type { NodeSplit } from '../split.ts';
import { classCodes } from '../taskDefaults.ts';
import { columnWarnings } from './columnWarnings.ts';
import { labelWarnings, splitWarnings } from './labelWarnings.ts';
import { summariseStructure } from './structureSummary.ts';
import {
  countText,
  type GraphSummary,
  type GraphWarning,
  percentText,
  type StructureSummary,
  type SummaryTarget,
  type TargetSummary,
} from './summaryTypes.ts';

const MANY_ISOLATED_RATIO = 0.2;
const SEVERITY_ORDER: readonly GraphWarning['severity'][] = ['severe', 'warning', 'info'];

/**
 * Returns the summary of what is not deleted.
 * @param target the column to be predicted; leaks and class counts need one that is a class label
 * @param split  of the same version of the graph
 * @throws {InvalidGraphError} no such node type or column
 * O(N + E + cells).
 */
export function summariseGraph(
  graph: Graph,
  target: SummaryTarget | null = null,
  split: NodeSplit | null = null,
): GraphSummary {
  const edges = liveEdges(graph);
  const structure = summariseStructure(graph, edges);
  const labels = target === null ? null : readLabels(graph, target);
  const summary = target === null ? null : summariseTarget(target, labels, edges);
  const warnings = [...isolatedWarnings(structure), ...tableWarnings(graph, edges, target, labels)];
  if (target !== null && labels !== null && summary?.balance && summary.homophily) {
    warnings.push(...labelWarnings(target, summary.balance, summary.homophily));
    if (split !== null) {
      warnings.push(...splitWarnings(target, { ...labels, hasPeers: hasPeers(graph, target) }, split, edges));
    }
  }
  const rank = ({ severity }: GraphWarning): number => SEVERITY_ORDER.indexOf(severity);
  return { ...structure, target: summary, warnings: warnings.sort((a, b) => rank(a) - rank(b)) };
}

interface Labels {
  readonly classes: readonly string[];
  /** [N] over the global node index, -1 = unlabelled, deleted or of another type. */
  readonly codes: Int32Array;
  /** [rows] of the target's type. */
  readonly rowCodes: Int32Array;
  /** [live rows] of the target's type. */
  readonly liveCodes: Int32Array;
}

/** Null when the column is no class label. */
function readLabels(graph: Graph, target: SummaryTarget): Labels | null {
  const column: Column = tableColumn(graph, { kind: 'nodes', type: target.nodeType }, target.column);
  const found = classCodes(column);
  if (found === null) return null;
  const offset = graph.nodeTypePtr[nodeTypeIndex(graph, target.nodeType)] as number;
  const rowCodes = found.codes.map((code, row) => (isNodeDeleted(graph, offset + row) ? -1 : code));
  const codes = new Int32Array(numNodes(graph)).fill(-1);
  codes.set(rowCodes, offset);
  const liveCodes = rowCodes.filter((_, row) => !isNodeDeleted(graph, offset + row));
  return { classes: found.classes, codes, rowCodes, liveCodes };
}

function summariseTarget(target: SummaryTarget, labels: Labels | null, edges: LiveEdges): TargetSummary {
  if (labels === null) return { ...target, balance: null, homophily: null };
  return {
    ...target,
    balance: classBalance(labels.liveCodes, labels.classes),
    homophily: edgeHomophily(edges.source, edges.target, labels.codes),
  };
}

function hasPeers(graph: Graph, target: SummaryTarget): boolean {
  const type = nodeTypeIndex(graph, target.nodeType);
  const { sourceType, targetType } = graph.edgeTypes;
  return sourceType.some((source, edgeType) => source === type && targetType[edgeType] === type);
}

function tableWarnings(
  graph: Graph,
  edges: LiveEdges,
  target: SummaryTarget | null,
  labels: Labels | null,
): GraphWarning[] {
  const ofNodes = graph.nodeTypes.flatMap(({ name, columns }, type) => {
    const start = graph.nodeTypePtr[type] as number;
    const count = (graph.nodeTypePtr[type + 1] as number) - start;
    const rows = Int32Array.from({ length: count }, (_, row) => row);
    const live =
      graph.deletedNodes === null ? rows : rows.filter((row) => !isNodeDeleted(graph, start + row));
    const isTarget = target?.nodeType === name;
    return columnWarnings(
      { nodeType: name, columns, rows: live, mayLackColumns: false },
      isTarget ? target.column : null,
      isTarget && labels !== null ? { column: target.column, codes: labels.rowCodes } : null,
    );
  });
  const mayLackColumns = graph.edgeTypes.length > 1;
  const edgeTable = { nodeType: null, columns: graph.edgeColumns, rows: edges.row, mayLackColumns };
  return [...ofNodes, ...columnWarnings(edgeTable, null, null)];
}

function isolatedWarnings({ numIsolated, numNodes: nodes }: StructureSummary): GraphWarning[] {
  if (numIsolated === 0) return [];
  const ratio = numIsolated / nodes;
  return [
    {
      code: 'isolated-nodes',
      severity: ratio > MANY_ISOLATED_RATIO ? 'warning' : 'info',
      message: `${countText(numIsolated)} of ${countText(nodes)} nodes (${percentText(ratio)}) have no edge: for them the graph says nothing.`,
      nodeType: null,
      columns: [],
    },
  ];
}
