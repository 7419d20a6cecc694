/**
 * Self-loops and repeated edges: found, counted, and kept, dropped or merged as a person chose. Runs over the finished
 * ends of an import, before the edges are sorted by type.
 */
import { allocateFloat64, allocateInt32 } from '../../core/buffers.ts';
import { type Column, isNumeric, isValid } from '../../core/columns.ts';
import { permuteColumn } from '../../core/columnPermutation.ts';
import type { EdgeTypeInput } from '../../core/graphBuilder.ts';
import { type Utf8Table, utf8At } from '../../core/utf8Table.ts';
import type { Pacer } from '../bytes/eventLoop.ts';
import type { ImportOptions } from '../importTypes.ts';
import { counted, type NoticeList } from '../notices.ts';

export type EdgePolicies = Pick<ImportOptions, 'selfLoops' | 'duplicateEdges'>;

export interface EdgeTableInput {
  /** [E] global node indices. */
  readonly source: Int32Array;
  readonly target: Int32Array;
  /** [E] index into `edgeTypes`; null = one type. */
  readonly edgeType: Int32Array | null;
  readonly edgeTypes: readonly EdgeTypeInput[];
  readonly columns: readonly Column[];
  /** Column summed when repeated edges are merged; null = how often an edge occurs is its weight. */
  readonly weight: string | null;
  readonly nodeIds: Utf8Table;
  lineOf(edge: number): number;
}

export type EdgeTable = Pick<EdgeTableInput, 'source' | 'target' | 'edgeType' | 'columns'>;

const SELF_LOOPS = {
  keep: {
    severity: 'info',
    words: (count: number) => `${counted(count, 'edge')} from a node to itself, kept.`,
  },
  drop: {
    severity: 'warning',
    words: (count: number) => `${counted(count, 'edge')} from a node to itself, dropped.`,
  },
} as const;

const DUPLICATES = {
  keep: {
    severity: 'info',
    words: (count: number) => `${counted(count, 'edge')} repeated, kept as parallel edges.`,
  },
  'keep-first': {
    severity: 'warning',
    words: (count: number) => `${counted(count, 'repeated edge')} dropped; the first of each stays.`,
  },
  'sum-weights': {
    severity: 'warning',
    words: (count: number) => `${counted(count, 'repeated edge')} merged into the first, weights summed.`,
  },
} as const;

/** Edges looked at between two breaths: about ten milliseconds. */
const EDGES_PER_BREATH = 100_000;

/** Returns the edge table after the policies; the same arrays when nothing is dropped. @throws {CancelledError} O(E). */
export async function applyEdgePolicies(
  input: EdgeTableInput,
  policies: EdgePolicies,
  notices: NoticeList,
  pacer: Pacer,
): Promise<EdgeTable> {
  const { source, target, nodeIds } = input;
  const numEdges = source.length;
  const firstOf = duplicateFinder(input);
  const shown = (edge: number) => (): string =>
    `${utf8At(nodeIds, source[edge] as number)} – ${utf8At(nodeIds, target[edge] as number)}`;
  /** Edge that each edge becomes part of: itself, an earlier one, or none (-1). */
  const home = new Int32Array(numEdges);
  let numKept = 0;
  for (let edge = 0; edge < numEdges; edge++) {
    if (edge % EDGES_PER_BREATH === 0) await pacer.breathe();
    home[edge] = edge;
    if (source[edge] === target[edge]) {
      notices.add({ code: 'self-loops', ...SELF_LOOPS[policies.selfLoops] }, input.lineOf(edge), shown(edge));
      if (policies.selfLoops === 'drop') {
        home[edge] = -1;
        continue;
      }
    }
    const first = firstOf(edge);
    if (first >= 0) {
      const kind = { code: 'duplicate-edges', ...DUPLICATES[policies.duplicateEdges] };
      notices.add(kind, input.lineOf(edge), shown(edge));
      if (policies.duplicateEdges !== 'keep') {
        home[edge] = policies.duplicateEdges === 'sum-weights' ? first : -1;
        continue;
      }
    }
    numKept++;
  }
  return numKept === numEdges ? input : compact(input, home, numKept, policies);
}

function compact(
  input: EdgeTableInput,
  home: Int32Array,
  numKept: number,
  policies: EdgePolicies,
): EdgeTable {
  const rows = new Int32Array(numKept);
  const position = new Int32Array(home.length);
  let at = 0;
  home.forEach((first, edge) => {
    if (first !== edge) return;
    position[edge] = at;
    rows[at++] = edge;
  });
  const pick = (values: Int32Array): Int32Array => {
    const out = allocateInt32(numKept);
    rows.forEach((edge, row) => {
      out[row] = values[edge] as number;
    });
    return out;
  };
  const columns = input.columns.map((column) => permuteColumn(column, rows));
  return {
    source: pick(input.source),
    target: pick(input.target),
    edgeType: input.edgeType === null ? null : pick(input.edgeType),
    columns:
      policies.duplicateEdges === 'sum-weights' ? withSums(columns, input, home, position, numKept) : columns,
  };
}

/** The weight column summed over merged edges (missing weights count 0); made of the multiplicity where there is none. */
function withSums(
  columns: readonly Column[],
  input: EdgeTableInput,
  home: Int32Array,
  position: Int32Array,
  numKept: number,
): Column[] {
  const weights = input.columns.find((column) => column.name === input.weight);
  const sums = allocateFloat64(numKept);
  home.forEach((first, edge) => {
    if (first < 0) return;
    const row = position[first] as number;
    const weight =
      weights === undefined || !isNumeric(weights)
        ? 1
        : isValid(weights, edge)
          ? (weights.values[edge] as number)
          : 0;
    sums[row] = (sums[row] as number) + weight;
  });
  const name = weights !== undefined && isNumeric(weights) ? weights.name : unusedName(columns, 'weight');
  const summed: Column = { kind: 'f64', name, length: numKept, validity: null, values: sums };
  const at = columns.findIndex((column) => column.name === name);
  return at < 0 ? [...columns, summed] : columns.with(at, summed);
}

function unusedName(columns: readonly Column[], wanted: string): string {
  const taken = new Set(columns.map((column) => column.name));
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted} ${number}`;
  return name;
}

/** Returns a function to call for edges 0, 1, 2, … in turn: the earlier edge of the type between the same nodes, or -1. */
function duplicateFinder(input: EdgeTableInput): (edge: number) => number {
  const { source, target, edgeType, edgeTypes } = input;
  let capacity = 16;
  while (capacity < source.length * 2) capacity *= 2;
  const mask = capacity - 1;
  const slots = new Int32Array(capacity);
  return (edge) => {
    const type = edgeType === null ? 0 : (edgeType[edge] as number);
    const isDirected = edgeTypes[type]?.directed === true;
    const from = source[edge] as number;
    const to = target[edge] as number;
    let hash = isDirected
      ? Math.imul(from, 0x9e3779b1) ^ Math.imul(to, 0x85ebca6b)
      : Math.imul(Math.min(from, to), 0x9e3779b1) ^ Math.imul(Math.max(from, to), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15) ^ type, 0x2c1b3c6d);
    let slot = (hash ^ (hash >>> 13)) & mask;
    for (;;) {
      const entry = slots[slot] as number;
      if (entry === 0) {
        slots[slot] = edge + 1;
        return -1;
      }
      const other = entry - 1;
      const sameType = edgeType === null || edgeType[other] === type;
      const same = source[other] === from && target[other] === to;
      const reversed = !isDirected && source[other] === to && target[other] === from;
      if (sameType && (same || reversed)) return other;
      slot = (slot + 1) & mask;
    }
  };
}
