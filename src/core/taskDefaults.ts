/**
 * What a graph suggests about how to learn from it: which columns can be predicted, which describe a split, which task
 * to start with. The same answers for the menus and the headless runner.
 */
import { type CategoryColumn, type Column, isNumeric, isValid } from './columns.ts';
import type { Graph } from './graph.ts';
import { isSplitColumn } from './transforms/nodeSplits.ts';

/** More classes than this is an id, not a label. */
const MAX_CLASSES = 200;
const LABEL_NAMES = [
  'label',
  'class',
  'y',
  'target',
  'category',
  'group',
  'club',
  'region',
  'type',
  'topic',
  'community',
];

export interface TargetCandidate {
  readonly nodeType: string;
  readonly column: string;
  readonly numClasses: number;
  readonly numLabelled: number;
  /** Higher = more likely what a person wants to predict. */
  readonly rank: number;
}

/**
 * Returns the class of every row as codes into `classes`; -1 = unlabelled. Category and bool columns directly, integers
 * when few are distinct. Null when the column cannot be a class label.
 */
export function classCodes(column: Column): { codes: Int32Array; classes: readonly string[] } | null {
  if (column.kind === 'category') return compactCategories(column);
  if (column.kind === 'bool') {
    return {
      codes: Int32Array.from({ length: column.length }, (_, row) =>
        isValid(column, row) ? (column.values[row] as number) : -1,
      ),
      classes: ['false', 'true'],
    };
  }
  if (column.kind !== 'i32') return null;
  const distinct = new Set<number>();
  for (let row = 0; row < column.length; row++) {
    if (isValid(column, row)) distinct.add(column.values[row] as number);
    if (distinct.size > MAX_CLASSES) return null;
  }
  const sorted = [...distinct].sort((a, b) => a - b);
  const codeOf = new Map(sorted.map((value, code) => [value, code]));
  return {
    codes: Int32Array.from({ length: column.length }, (_, row) =>
      isValid(column, row) ? (codeOf.get(column.values[row] as number) as number) : -1,
    ),
    classes: sorted.map(String),
  };
}

function compactCategories(column: CategoryColumn): { codes: Int32Array; classes: readonly string[] } | null {
  if (column.dictionary.length > MAX_CLASSES) return null;
  return {
    codes: Int32Array.from({ length: column.length }, (_, row) =>
      isValid(column, row) ? (column.codes[row] as number) : -1,
    ),
    classes: column.dictionary,
  };
}

/** Columns that can be predicted as a label, most likely first. Split columns and constants are not among them. */
export function targetCandidates(graph: Graph): readonly TargetCandidate[] {
  const candidates: TargetCandidate[] = [];
  for (const type of graph.nodeTypes) {
    for (const column of type.columns) {
      if (isSplitColumn(column) || /^split\d*$/i.test(column.name)) continue;
      const labels = classCodes(column);
      if (labels === null) continue;
      const counts = new Int32Array(labels.classes.length);
      let labelled = 0;
      for (const code of labels.codes) {
        if (code < 0) continue;
        counts[code] = (counts[code] as number) + 1;
        labelled++;
      }
      const used = counts.filter((count) => count > 0).length;
      const byName = LABEL_NAMES.indexOf(column.name.toLowerCase());
      const looksLikeLabel = byName >= 0;
      // Without a telling name a label is a category whose classes repeat.
      if (!looksLikeLabel && (column.kind === 'i32' || used < 2 || labelled < used * 2)) continue;
      if (labelled === 0) continue;
      candidates.push({
        nodeType: type.name,
        column: column.name,
        numClasses: used,
        numLabelled: labelled,
        rank: looksLikeLabel ? 100 - byName : 10 - used / MAX_CLASSES,
      });
    }
  }
  return candidates.sort((a, b) => b.rank - a.rank);
}

/** Names under which a number is read as a time. */
const TIME_NAMES = /^(year|month|week|day|date|time|timestamp|created|created_at|epoch)$/i;

/** One way to split, for a menu; `id` is what `resolveNodeSplit` reads. */
export interface SplitChoice {
  readonly id: string;
  readonly name: string;
}

/**
 * Split choices for one node type: every split column (`public` first), then the random default and other shares, by
 * time where a column tells it, one fold of five, and no test part.
 */
export function splitChoices(graph: Graph, nodeTypeName: string | null): readonly SplitChoice[] {
  const type = graph.nodeTypes.find((candidate) => candidate.name === nodeTypeName) ?? graph.nodeTypes[0];
  const columns = type?.columns ?? [];
  return [
    ...columns
      .filter(isSplitColumn)
      .map((column) =>
        column.name === 'split'
          ? { id: 'public', name: 'From the data (column split)' }
          : { id: `column:${column.name}`, name: `Column ${column.name}` },
      ),
    { id: 'random:60/20/20', name: 'Random 60 / 20 / 20' },
    { id: 'random:80/10/10', name: 'Random 80 / 10 / 10' },
    { id: 'random:10/10/80', name: 'Random 10 / 10 / 80 (few labels)' },
    ...columns.filter(tellsTime).map((column) => ({
      id: `time:${column.name}:60/20/20`,
      name: `By ${column.name}: oldest 60 / 20 / newest 20`,
    })),
    { id: 'fold:0/5', name: 'Fold 1 of 5' },
    { id: 'all', name: 'All labelled (no test)' },
  ];
}

/** A date, or a number that is named like one, with a moment for each of three parts. */
function tellsTime(column: Column): boolean {
  const isTime = column.kind === 'date' || (isNumeric(column) && TIME_NAMES.test(column.name));
  if (!isTime) return false;
  const moments = new Set<number>();
  for (let row = 0; row < column.length && moments.size < 3; row++) {
    const value = column.values[row] as number;
    if (isValid(column, row) && Number.isFinite(value)) moments.add(value);
  }
  return moments.size === 3;
}

const VALUE_NAMES = ['value', 'target', 'y', 'score', 'price', 'amount', 'rating', 'traffic'];

export interface ValueCandidate {
  readonly nodeType: string;
  readonly column: string;
  /** Higher = more likely what a person wants to predict. */
  readonly rank: number;
}

/** Numeric node columns that can be predicted as a value, most likely first. */
export function valueCandidates(graph: Graph): readonly ValueCandidate[] {
  const candidates = graph.nodeTypes.flatMap((type) =>
    type.columns.filter(isNumeric).flatMap((column) => {
      if (/(^|_)(id|index|nr|no)$/i.test(column.name)) return [];
      const byName = VALUE_NAMES.indexOf(column.name.toLowerCase());
      return [{ nodeType: type.name, column: column.name, rank: byName >= 0 ? 100 - byName : 0 }];
    }),
  );
  return candidates.sort((a, b) => b.rank - a.rank);
}

/** Numeric edge columns that can weigh messages. */
export function edgeWeightCandidates(graph: Graph): readonly string[] {
  return graph.edgeColumns.filter(isNumeric).map((column) => column.name);
}
