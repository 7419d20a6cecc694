/** The numbers of a summary with their names, and what each means. Pure. */
import type { GraphSummary } from '../../core/graphSummary/summaryTypes.ts';
import { formatCount, formatPercent, formatValue, MISSING } from '../format/formatNumber.ts';

export interface SummaryRow {
  readonly name: string;
  readonly text: string;
  /** Two sentences for the tooltip; '' where the name says it. */
  readonly help: string;
}

export function structureRows(summary: GraphSummary): readonly SummaryRow[] {
  const { degrees, degreeAssortativity: assortativity } = summary;
  return [
    { name: 'Nodes', text: formatCount(summary.numNodes), help: '' },
    { name: 'Edges', text: formatCount(summary.numEdges), help: '' },
    {
      name: 'Components',
      text: formatCount(summary.numComponents),
      help: 'Parts with no edge between them, directions ignored. A node without an edge is a part of its own.',
    },
    {
      name: 'Largest component',
      text: formatPercent(summary.largestComponentRatio),
      help: 'Share of the nodes in it.',
    },
    { name: 'Isolated nodes', text: formatCount(summary.numIsolated), help: 'Nodes without an edge.' },
    {
      name: 'Mean degree',
      text: formatValue(degrees.mean),
      help: 'Edges at a node, on average. A self-loop counts once for each of its ends.',
    },
    { name: 'Median degree', text: formatValue(degrees.median), help: '' },
    { name: 'Largest degree', text: formatCount(degrees.max), help: '' },
    {
      name: 'Density',
      text: formatValue(summary.density),
      help: 'Edges there are as a share of those there could be. Large graphs are nearly always sparse.',
    },
    {
      name: 'Assortativity',
      text: assortativity === null ? MISSING : formatValue(assortativity),
      help: 'Correlation of the degrees at the two ends of edges: above 0 hubs join hubs, below 0 they join small nodes. (Newman 2002)',
    },
    { name: 'Self-loops', text: formatCount(summary.numSelfLoops), help: 'Edges from a node to itself.' },
    {
      name: 'Parallel edges',
      text: formatCount(summary.numParallelEdges),
      help: 'Edges beyond the first of a type between the same two nodes.',
    },
  ];
}

export function targetRows({ target }: GraphSummary): readonly SummaryRow[] {
  if (target === null) return [];
  const { balance, homophily } = target;
  if (balance === null) return [];
  return [
    {
      name: 'Labelled',
      text: `${formatCount(balance.numLabelled)} of ${formatCount(balance.numLabelled + balance.numUnlabelled)}`,
      help: 'Nodes whose class is known.',
    },
    {
      name: 'Homophily',
      text: homophily?.edgeHomophilyRatio == null ? MISSING : formatPercent(homophily.edgeHomophilyRatio),
      help: 'Share of the edges that join nodes of one class. Most graph models do well where it is high. (Zhu et al. 2020)',
    },
    {
      name: 'Largest class',
      text: formatPercent(balance.majorityRatio),
      help: 'Accuracy of always saying the most frequent class.',
    },
    {
      name: 'Evenness',
      text: balance.evenness === null ? MISSING : formatValue(balance.evenness),
      help: 'Entropy of the classes over that of equally large ones: 1 = all equally large. (Pielou 1966)',
    },
  ];
}

export interface DegreeBin {
  /** Degrees in [from, to]. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/**
 * Returns the degrees in bins whose widths double: 0, 1, 2–3, 4–7, … Straight falling bars on a log scale are a power law.
 * @param degrees that occur, ascending; `counts` their nodes
 */
export function degreeBins(degrees: readonly number[], counts: readonly number[]): readonly DegreeBin[] {
  const max = degrees.at(-1) ?? 0;
  const bins: { from: number; to: number; count: number }[] = [{ from: 0, to: 0, count: 0 }];
  for (let from = 1; from <= max; from *= 2) bins.push({ from, to: from * 2 - 1, count: 0 });
  degrees.forEach((degree, at) => {
    const bin = bins[degree === 0 ? 0 : Math.floor(Math.log2(degree)) + 1];
    if (bin !== undefined) bin.count += counts[at] as number;
  });
  // Nodes without an edge are said where there are some; else the picture begins at degree 1.
  return bins[0]?.count === 0 && bins.length > 1 ? bins.slice(1) : bins;
}
