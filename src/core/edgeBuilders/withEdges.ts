/** Adds built edges to a graph as an edge type of their own, beside those it has or in their place. */
import { createBitset, hasBit, setBit } from '../bitset.ts';
import { allocateFloat32, allocateFloat64, allocateInt32 } from '../buffers.ts';
import { type Column, isNumeric, type NumericColumn } from '../columns.ts';
import { type Graph, numEdges } from '../graph.ts';
import { hashGraph } from '../graphBuilder.ts';
import { validateGraph } from '../validateGraph.ts';
import type { BuiltEdges } from './edgeBuilderTypes.ts';
import { extendColumn } from './extendColumn.ts';

export interface WithEdgesOptions {
  /** True = the new edges take the place of all others, and of their columns. Default false. */
  readonly isOnly?: boolean;
}

const WEIGHT_NAME = 'weight';

/**
 * Returns a new version of the graph with the edges as its last edge type, so that rows of existing edges keep their
 * numbers; nodes and their columns are shared with the given graph. Weights go into the edge column `weight`, together
 * with those of other types when it holds numbers, as a model reads one column; else into `weight of <relation>`.
 * A relation that exists gets a number: `nearest 2`. Cells that an edge type has no value for are missing.
 * @throws {InvalidGraphError} an end outside the node type. O(E + N + bytes of columns).
 */
export function withEdges(graph: Graph, built: BuiltEdges, { isOnly = false }: WithEdgesOptions = {}): Graph {
  const before = isOnly ? withoutEdges(graph) : graph;
  const kept = numEdges(before);
  const length = kept + built.source.length;
  const source = allocateInt32(length);
  source.set(before.source);
  source.set(built.source, kept);
  const target = allocateInt32(length);
  target.set(before.target);
  target.set(built.target, kept);
  const { edgeTypes } = before;
  const after: Graph = {
    ...before,
    edgeTypes: {
      length: edgeTypes.length + 1,
      relation: [...edgeTypes.relation, freeName(built.relation, edgeTypes.relation)],
      sourceType: followedBy(edgeTypes.sourceType, built.nodeType),
      targetType: followedBy(edgeTypes.targetType, built.nodeType),
      directed: Uint8Array.from([...edgeTypes.directed, built.directed ? 1 : 0]),
    },
    edgeTypePtr: followedBy(before.edgeTypePtr, length),
    source,
    target,
    edgeColumns: columnsWith(before.edgeColumns, built, kept, length),
    deletedEdges: lengthened(before.deletedEdges, length),
  };
  validateGraph(after);
  return { ...after, version: hashGraph(after) };
}

/** Not by spreading into a call: a knowledge graph has more relations than a call takes arguments. */
function followedBy(values: Int32Array, last: number): Int32Array {
  return Int32Array.from([...values, last]);
}

function withoutEdges(graph: Graph): Graph {
  return {
    ...graph,
    edgeTypes: {
      length: 0,
      relation: [],
      sourceType: new Int32Array(0),
      targetType: new Int32Array(0),
      directed: new Uint8Array(0),
    },
    edgeTypePtr: Int32Array.of(0),
    source: new Int32Array(0),
    target: new Int32Array(0),
    edgeColumns: [],
    deletedEdges: null,
  };
}

function freeName(wanted: string, taken: readonly string[]): string {
  const names = new Set(taken);
  let name = wanted;
  for (let number = 2; names.has(name); number++) name = `${wanted} ${number}`;
  return name;
}

function columnsWith(
  columns: readonly Column[],
  { weight, relation, source }: BuiltEdges,
  kept: number,
  length: number,
): Column[] {
  const extended = source.length === 0 ? [...columns] : columns.map((column) => extendColumn(column, length));
  if (weight === null) return extended;
  const at = extended.findIndex((column) => column.name === WEIGHT_NAME);
  const existing = extended[at];
  if (existing !== undefined && isNumeric(existing)) {
    return extended.with(at, withWeights(existing, weight, kept));
  }
  const names = extended.map((column) => column.name);
  const name = existing === undefined ? WEIGHT_NAME : freeName(`${WEIGHT_NAME} of ${relation}`, names);
  const empty = { kind: 'f32', name, length, validity: createBitset(length) } as const;
  extended.push(withWeights({ ...empty, values: allocateFloat32(length) }, weight, kept));
  return extended;
}

/** Returns the column with the weights in its last rows; whole numbers become float64, which holds both exactly. */
function withWeights(column: NumericColumn, weight: Float32Array, kept: number): Column {
  const { name, length } = column;
  let validity = column.validity;
  if (validity !== null) {
    validity = createBitset(length);
    for (let row = 0; row < length; row++) {
      if (row >= kept || hasBit(column.validity as NonNullable<typeof validity>, row)) setBit(validity, row);
    }
  }
  if (column.kind === 'f32') {
    const values = allocateFloat32(length);
    values.set(column.values);
    values.set(weight, kept);
    return { kind: 'f32', name, length, validity, values };
  }
  const values = allocateFloat64(length);
  values.set(column.values);
  values.set(weight, kept);
  return { kind: 'f64', name, length, validity, values };
}

function lengthened(deleted: Graph['deletedEdges'], length: number): Graph['deletedEdges'] {
  if (deleted === null) return null;
  const longer = createBitset(length);
  longer.bits.set(deleted.bits);
  return longer;
}
