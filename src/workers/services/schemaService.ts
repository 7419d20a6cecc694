/** The io worker's service for editing the open graph. One computation at a time, cancellable. No algorithms here. */
import { DERIVED_COLUMNS } from '../../core/derive/index.ts';
import { withNodeColumn } from '../../core/derive/nodeColumns.ts';
import { EDGE_BUILDERS } from '../../core/edgeBuilders/index.ts';
import { withEdges } from '../../core/edgeBuilders/withEdges.ts';
import { WorkbenchError } from '../../core/errors.ts';
import { compileFormula } from '../../core/formula/formula.ts';
import { type Graph, numEdges, numNodes } from '../../core/graph.ts';
import { summariseGraph } from '../../core/graphSummary/summariseGraph.ts';
import { retypeColumn } from '../../core/schema/convertColumn.ts';
import {
  dropColumn,
  nodeTypeIndex,
  putColumn,
  renameColumn,
  tableColumn,
  tableColumns,
  type TableRef,
} from '../../core/schema/graphTables.ts';
import { renameNodeType, renameRelation } from '../../core/schema/renameTypes.ts';
import type { NodeSplit } from '../../core/split.ts';
import { classCodes } from '../../core/taskDefaults.ts';
import { resolveNodeSplit } from '../../core/transforms/resolveNodeSplit.ts';
import { graphDelta } from '../graphDelta.ts';
import type { EditedGraph, SchemaEdit, SchemaService, SummaryRequest } from '../schemaProtocol.ts';

export function createSchemaService(): SchemaService {
  let abort = new AbortController();
  const begin = (): AbortSignal => {
    abort.abort();
    abort = new AbortController();
    return abort.signal;
  };
  return {
    schemaCatalogue: () =>
      Promise.resolve({
        measures: DERIVED_COLUMNS.all.map(({ derive: _derive, ...entry }) => entry),
        builders: EDGE_BUILDERS.all.map(({ build: _build, ...entry }) => entry),
      }),
    editSchema: async (graph, edit) => applyEdit(graph, edit),
    async deriveColumn(graph, { id, columnName, nodeTypes, weightColumn, values }, onProgress) {
      const context = { signal: begin(), report: onProgress, columnName, weightColumn };
      const column = await DERIVED_COLUMNS.get(id).derive(graph, values, context);
      const options = nodeTypes === null ? {} : { nodeTypes };
      return graphDelta(graph, withNodeColumn(graph, column, options));
    },
    async applyFormula(graph, { table, columnName, text }, onProgress) {
      const formula = compileFormula(text, tableColumns(graph, table), numRows(graph, table));
      const column = await formula.evaluate(columnName, { signal: begin(), report: onProgress });
      return graphDelta(graph, putColumn(graph, table, column));
    },
    async buildEdges(graph, { id, choice, values, isOnly }, onProgress) {
      const context = { signal: begin(), onProgress };
      const built = await EDGE_BUILDERS.get(id).build(graph, choice, values, context);
      const edited = withEdges(graph, built, { isOnly });
      const nodes = numRows(graph, { kind: 'nodes', type: choice.nodeType });
      return {
        delta: graphDelta(graph, edited),
        relation: edited.edgeTypes.relation.at(-1) ?? built.relation,
        numEdges: built.source.length,
        meanDegree: nodes === 0 ? 0 : (2 * built.source.length) / nodes,
        notes: built.notes,
      };
    },
    cancelComputation() {
      abort.abort();
      return Promise.resolve();
    },
    summariseGraph: async (graph, request) => summariseGraph(graph, request.target, splitOf(graph, request)),
  };
}

function applyEdit(graph: Graph, edit: SchemaEdit): EditedGraph {
  if (edit.kind === 'convert-column') {
    const { graph: edited, ...report } = retypeColumn(graph, edit.table, edit.name, edit.to, edit.options);
    return { delta: graphDelta(graph, edited), ...report };
  }
  return { delta: graphDelta(graph, editedGraph(graph, edit)), numLost: 0, examples: [] };
}

function editedGraph(graph: Graph, edit: Exclude<SchemaEdit, { kind: 'convert-column' }>): Graph {
  switch (edit.kind) {
    case 'rename-column':
      return renameColumn(graph, edit.table, edit.from, edit.to);
    case 'drop-column':
      return dropColumn(graph, edit.table, edit.name);
    case 'rename-node-type':
      return renameNodeType(graph, edit.from, edit.to);
    case 'rename-relation':
      return renameRelation(graph, edit.from, edit.to);
    default:
      return edit satisfies never;
  }
}

function numRows(graph: Graph, table: TableRef): number {
  if (table.kind === 'edges') return numEdges(graph);
  const type = nodeTypeIndex(graph, table.type);
  return (graph.nodeTypePtr[type + 1] as number) - (graph.nodeTypePtr[type] as number);
}

/** The split a run would use; null where there is none to judge (no classes, or a split that does not fit). */
function splitOf(graph: Graph, { target, split, seed }: SummaryRequest): NodeSplit | null {
  if (target === null) return null;
  const table: TableRef = { kind: 'nodes', type: target.nodeType };
  const labels = classCodes(tableColumn(graph, table, target.column));
  if (labels === null) return null;
  const offset = graph.nodeTypePtr[nodeTypeIndex(graph, target.nodeType)] as number;
  try {
    return resolveNodeSplit(split, {
      nodeTypeName: target.nodeType,
      columns: tableColumns(graph, table),
      codes: labels.codes,
      seed,
      offset,
      numNodes: numNodes(graph),
    });
  } catch (error) {
    // Training says what is wrong with the split; the rest of the summary holds without it.
    if (error instanceof WorkbenchError) return null;
    throw error;
  }
}
