/** Labels and splits from which little can be learned, or on which results would mislead. */
import { type Bitset, createBitset, hasBit, setBit } from '../bitset.ts';
import type { ClassBalance } from '../graphMetrics/classBalance.ts';
import type { Homophily } from '../graphMetrics/homophily.ts';
import type { LiveEdges } from '../graphMetrics/liveEdges.ts';
import { type NodeSplit, SPLIT_PARTS } from '../split.ts';
import { countText, type GraphWarning, percentText, type SummaryTarget } from './summaryTypes.ts';

const MIN_LABELLED_PER_CLASS = 10;
const MAX_MAJORITY_RATIO = 0.9;
const MAX_NAMED = 5;

type Finding = Pick<GraphWarning, 'code' | 'severity' | 'message'>;

/** Returns the warnings about classes and their spread over the graph. O(classes). */
export function labelWarnings(
  target: SummaryTarget,
  balance: ClassBalance,
  homophily: Homophily,
): readonly GraphWarning[] {
  const found: Finding[] = [];
  const { classes, counts, numLabelled, majorityRatio } = balance;
  if (classes.length < 2) {
    const what = classes.length === 0 ? 'no labelled node' : `one class only, '${classes[0]}'`;
    const message = `'${target.column}' has ${what}: there is nothing to tell apart.`;
    found.push({ code: 'single-class', severity: 'severe', message });
  }
  const tiny = classes.filter((_, at) => (counts[at] as number) < MIN_LABELLED_PER_CLASS);
  if (tiny.length > 0 && classes.length > 1) {
    const message = `${tiny.length} of ${classes.length} classes of '${target.column}' have fewer than ${MIN_LABELLED_PER_CLASS} labelled nodes: ${nameSome(tiny)}.`;
    found.push({ code: 'tiny-classes', severity: 'warning', message });
  }
  if (majorityRatio > MAX_MAJORITY_RATIO && classes.length > 1) {
    const largest = classes[counts.indexOf(counts.reduce((a, b) => Math.max(a, b), 0))];
    const message = `${percentText(majorityRatio)} of the labelled nodes are '${largest}': always saying so reaches that accuracy.`;
    found.push({ code: 'imbalanced-classes', severity: 'warning', message });
  }
  const chance = counts.reduce((sum, count) => sum + (count / numLabelled) ** 2, 0);
  const { edgeHomophilyRatio: ratio, numEdgesCounted } = homophily;
  if (ratio !== null && ratio <= chance && classes.length > 1) {
    const message = `Only ${percentText(ratio)} of ${countText(numEdgesCounted)} edges join nodes of one class, no more than chance (${percentText(chance)}): averaging over neighbours will not help.`;
    found.push({ code: 'low-homophily', severity: 'info', message });
  }
  return found.map((finding) => ({ ...finding, nodeType: target.nodeType, columns: [target.column] }));
}

export interface SplitLabels {
  readonly classes: readonly string[];
  /** [N] class over the global node index, -1 = unlabelled or deleted. */
  readonly codes: Int32Array;
  /** Some edge type joins nodes of the target's type with each other. */
  readonly hasPeers: boolean;
}

/** Returns the warnings about a split of labelled nodes. O(N + E). */
export function splitWarnings(
  target: SummaryTarget,
  labels: SplitLabels,
  split: NodeSplit,
  edges: LiveEdges,
): readonly GraphWarning[] {
  const { classes, codes } = labels;
  const counts = SPLIT_PARTS.map((part) => countClasses(split[part], codes, classes.length));
  const [train, val, test] = counts as [Int32Array, Int32Array, Int32Array];
  const some = (count: Int32Array, code: number): boolean => (count[code] as number) > 0;
  const found: Finding[] = [];
  const outside = classes.filter((_, code) => !some(train, code) && (some(val, code) || some(test, code)));
  if (outside.length > 0) {
    const message = `${outside.length} of ${classes.length} classes are judged but never learned, as no training node has them: ${nameSome(outside)}.`;
    found.push({ code: 'class-outside-train', severity: 'severe', message });
  }
  const isJudged = test.some((count) => count > 0) || val.some((count) => count > 0);
  const unseen = classes.filter((_, code) => some(train, code) && !some(val, code) && !some(test, code));
  if (isJudged && unseen.length > 0) {
    const message = `${unseen.length} of ${classes.length} classes are learned but never judged, as they are in the training part only: ${nameSome(unseen)}.`;
    found.push({ code: 'class-only-in-train', severity: 'warning', message });
  }
  const lonely = labels.hasPeers ? lonelyTestNodes(split, codes, edges) : null;
  if (lonely !== null) found.push(lonely);
  return found.map((finding) => ({ ...finding, nodeType: target.nodeType, columns: [target.column] }));
}

function countClasses(part: Bitset, codes: Int32Array, numClasses: number): Int32Array {
  const counts = new Int32Array(numClasses);
  codes.forEach((code, node) => {
    if (code >= 0 && hasBit(part, node)) counts[code] = (counts[code] as number) + 1;
  });
  return counts;
}

function lonelyTestNodes(split: NodeSplit, codes: Int32Array, edges: LiveEdges): Finding | null {
  const hasTrainNeighbour = createBitset(codes.length);
  for (let edge = 0; edge < edges.source.length; edge++) {
    const source = edges.source[edge] as number;
    const target = edges.target[edge] as number;
    if (hasBit(split.train, source)) setBit(hasTrainNeighbour, target);
    if (hasBit(split.train, target)) setBit(hasTrainNeighbour, source);
  }
  let numTest = 0;
  let numLonely = 0;
  codes.forEach((code, node) => {
    if (code < 0 || !hasBit(split.test, node)) return;
    numTest++;
    if (!hasBit(hasTrainNeighbour, node)) numLonely++;
  });
  if (numLonely === 0) return null;
  return {
    code: 'test-without-train-neighbour',
    severity: numLonely > numTest / 2 ? 'warning' : 'info',
    message: `${countText(numLonely)} of ${countText(numTest)} test nodes (${percentText(numLonely / numTest)}) have no neighbour in the training part.`,
  };
}

function nameSome(names: readonly string[]): string {
  const shown = names
    .slice(0, MAX_NAMED)
    .map((name) => `'${name}'`)
    .join(', ');
  return names.length > MAX_NAMED ? `${shown} and ${names.length - MAX_NAMED} more` : shown;
}
