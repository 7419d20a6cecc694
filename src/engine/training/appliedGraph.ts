/** A second graph in the terms of a trained model: its node type, its relations, its known answers. */
import { setBit } from '../../core/bitset.ts';
import { findColumn, isNumeric, isValid } from '../../core/columns.ts';
import { ParameterError } from '../../core/errors.ts';
import type { Graph } from '../../core/graph.ts';
import type { MessageGraph } from '../../core/messageGraph.ts';
import { emptyNodeSplit, type NodeSplit } from '../../core/split.ts';
import { classCodes } from '../../core/taskDefaults.ts';
import type { NodeTarget } from '../tasks/nodeTarget.ts';
import type { TaskArtifact } from '../tasks/taskTypes.ts';

/** The type of that name; the only one, whatever its name, when there is one. */
export function typeIndexOf(graph: Graph, name: string): number {
  const index = graph.nodeTypes.length === 1 ? 0 : graph.nodeTypes.findIndex((type) => type.name === name);
  if (index >= 0) return index;
  throw new ParameterError(`The graph has no node type '${name}', which the model predicts for.`, {
    code: 'node-type',
    remedy: `Name one of its types so: ${graph.nodeTypes.map((type) => `'${type.name}'`).join(', ')}.`,
    details: { nodeType: name },
  });
}

/** Numbers relations as the model learned them. @throws {ParameterError} a relation it has never seen */
export function sameRelations(graph: MessageGraph, known: readonly string[]): MessageGraph {
  if (known.length <= 1) return { ...graph, relation: null, numRelations: 1, relationNames: known };
  const numbers = graph.relationNames.map((name) => {
    const number = known.indexOf(name);
    if (number >= 0) return number;
    throw new ParameterError(`The graph has edges '${name}', which the model never saw.`, {
      code: 'relation',
      remedy: `Rename or remove them; known are ${known.map((relation) => `'${relation}'`).join(', ')}.`,
      details: { relation: name },
    });
  });
  const relation =
    graph.relation?.map((index) => numbers[index] as number) ??
    new Int32Array(graph.numArcs).fill(numbers[0] ?? 0);
  return { ...graph, relation, numRelations: known.length, relationNames: known };
}

/** The graph's own answers in the model's terms; none where it lacks the column or a class is unknown. */
export function targetOf(graph: Graph, typeIndex: number, artifact: TaskArtifact): NodeTarget {
  const type = graph.nodeTypes[typeIndex] as Graph['nodeTypes'][number];
  const count = (graph.nodeTypePtr[typeIndex + 1] as number) - (graph.nodeTypePtr[typeIndex] as number);
  const name = artifact.target ?? '';
  const column = findColumn(type.columns, name);
  const base = { name, columns: [name], classes: artifact.classes };
  const unknown = new Int32Array(count).fill(-1);
  if (artifact.outputKind === 'value') {
    const values = new Float32Array(count).fill(Number.NaN);
    if (column !== undefined && isNumeric(column)) {
      for (let row = 0; row < count; row++)
        if (isValid(column, row)) values[row] = column.values[row] as number;
    }
    const codes = Int32Array.from(values, (value) => (Number.isNaN(value) ? -1 : 0));
    return { ...base, kind: 'value', codes, values };
  }
  if (artifact.outputKind === 'labels') {
    const values = new Float32Array(count * artifact.classes.length).fill(Number.NaN);
    return { ...base, kind: 'labels', codes: unknown, values };
  }
  const labels = column === undefined ? null : classCodes(column);
  if (labels === null) return { ...base, kind: 'classes', codes: unknown, values: null };
  const codeOf = labels.classes.map((known) => artifact.classes.indexOf(known));
  const codes = labels.codes.map((code) => (code < 0 ? -1 : (codeOf[code] as number)));
  return { ...base, kind: 'classes', codes, values: null };
}

/** Every node with a known answer is a test node: none of them was learned from. */
export function judgedNodes(codes: Int32Array, offset: number, total: number): NodeSplit {
  const split = emptyNodeSplit('applied', null, total);
  codes.forEach((code, row) => {
    if (code >= 0) setBit(split.test, offset + row);
  });
  return split;
}
