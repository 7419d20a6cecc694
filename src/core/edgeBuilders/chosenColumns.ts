/** Finds the columns that a person chose for a builder, and the rows that have a value in all of them. */
import { type Column, findColumn, isValid } from '../columns.ts';
import { TaskError } from '../errors.ts';
import { type Graph, isNodeDeleted } from '../graph.ts';
import { nearMatches } from '../nearMatches.ts';
import type { ColumnNeed, EdgeBuilderChoice } from './edgeBuilderTypes.ts';

export interface ChosenRows {
  /** Index of the node type. */
  readonly nodeType: number;
  readonly columns: readonly Column[];
  /** Rows of the node table with a value in every column, ascending; deleted nodes are left out. */
  readonly rows: Int32Array;
  /** [rows] global node indices. */
  readonly nodes: Int32Array;
  /** Sentences about rows left out. */
  readonly notes: readonly string[];
}

/** @throws {TaskError} no node type of that name; the remedy names the ones there are */
export function chosenNodeType(graph: Graph, name: string): number {
  const found = graph.nodeTypes.findIndex((type) => type.name === name);
  if (found >= 0) return found;
  throw new TaskError(`There is no node type '${name}'.`, {
    code: 'edge-node-type',
    remedy: `Choose one of ${graph.nodeTypes.map((type) => `'${type.name}'`).join(', ')}.`,
    details: { nodeType: name },
  });
}

/**
 * Returns columns and rows. O(rows · columns).
 * @throws {TaskError} an unknown column, one of another kind, too few or many, or fewer than two rows with a value
 */
export function chooseRows(graph: Graph, choice: EdgeBuilderChoice, need: ColumnNeed): ChosenRows {
  const nodeType = chosenNodeType(graph, choice.nodeType);
  const columns = checkColumns(graph, nodeType, choice.columns, need);
  const first = graph.nodeTypePtr[nodeType] as number;
  const count = (graph.nodeTypePtr[nodeType + 1] as number) - first;
  const rows = new Int32Array(count);
  let used = 0;
  let missing = 0;
  for (let row = 0; row < count; row++) {
    if (isNodeDeleted(graph, first + row)) continue;
    if (columns.every((column) => isValid(column, row))) rows[used++] = row;
    else missing++;
  }
  const names = columns.map((column) => `'${column.name}'`).join(', ');
  if (used < 2) refuseFewRows(used, names, choice.nodeType);
  return {
    nodeType,
    columns,
    rows: rows.subarray(0, used),
    nodes: rows.slice(0, used).map((row) => first + row),
    notes: missing === 0 ? [] : [`${countOf(missing, 'node')} without a value in ${names} got no edges.`],
  };
}

/** '1 node', '1,200 nodes'. */
export function countOf(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** @throws {TaskError} always: too few rows can be compared */
export function refuseFewRows(usable: number, names: string, nodeType: string): never {
  throw new TaskError(
    `Only ${usable} of the nodes of type '${nodeType}' ${usable === 1 ? 'has' : 'have'} a usable value in ${names}.`,
    {
      code: 'edge-rows',
      remedy: 'Choose columns in which at least two nodes have values.',
      details: { usable, nodeType },
    },
  );
}

function checkColumns(graph: Graph, nodeType: number, names: readonly string[], need: ColumnNeed): Column[] {
  const type = graph.nodeTypes[nodeType] as Graph['nodeTypes'][number];
  const suitable = type.columns.filter((column) => need.kinds.includes(column.kind));
  const remedy =
    suitable.length === 0
      ? `'${type.name}' has no such column: open a table that has, or choose another way of making edges.`
      : `Choose ${need.words}; '${type.name}' has ${suitable.map((column) => `'${column.name}'`).join(', ')}.`;
  const distinct = [...new Set(names)];
  if (distinct.length < need.least || (need.most !== null && distinct.length > need.most)) {
    throw new TaskError(`${countOf(distinct.length, 'column')} chosen; needed: ${need.words}.`, {
      code: 'edge-columns',
      remedy,
      details: { columns: distinct },
    });
  }
  return distinct.map((name) => {
    const column = findColumn(type.columns, name);
    if (column === undefined) {
      const near = nearMatches(
        name,
        type.columns.map((each) => each.name),
      );
      throw new TaskError(`'${type.name}' has no column '${name}'.`, {
        code: 'edge-column',
        remedy:
          near.length === 0
            ? remedy
            : `Did you mean ${near.map((each) => `'${each}'`).join(', ')}? ${remedy}`,
        details: { column: name },
      });
    }
    if (!need.kinds.includes(column.kind)) {
      throw new TaskError(
        `Column '${name}' of '${type.name}' is of kind ${column.kind}; needed: ${need.words}.`,
        {
          code: 'edge-column-kind',
          remedy,
          details: { column: name, kind: column.kind },
        },
      );
    }
    return column;
  });
}
