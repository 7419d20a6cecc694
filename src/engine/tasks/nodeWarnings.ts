/** What a person should know about a run on nodes before it starts. */
import { countBits, hasBit } from '../../core/bitset.ts';
import { type Graph, numEdges } from '../../core/graph.ts';
import type { ResolvedNodes } from './nodeTarget.ts';

export function warningsOf(graph: Graph, { split, target, nodeRange }: ResolvedNodes): string[] {
  const warnings: string[] = [...split.notes];
  if (numEdges(graph) === 0) {
    warnings.push('The graph has no edges, so a graph model sees each node alone.');
  }
  if (countBits(split.val) === 0) {
    warnings.push(
      'There is no validation part: training runs to the last epoch and nothing is tuned on held-out nodes.',
    );
  }
  if (countBits(split.test) === 0) warnings.push('There is no test part, so no test metric can be given.');
  if (target.kind === 'classes') {
    const trained = new Set<number>();
    target.codes.forEach((code, row) => {
      if (hasBit(split.train, nodeRange[0] + row)) trained.add(code);
    });
    const unseen = target.classes.filter((_, code) => !trained.has(code));
    if (unseen.length > 0) {
      warnings.push(
        `No training node has class ${unseen.map((name) => `'${name}'`).join(', ')}; it cannot be predicted.`,
      );
    }
  }
  const unlabelled = target.codes.filter((code) => code < 0).length;
  if (unlabelled > 0)
    warnings.push(
      `${unlabelled} nodes have no ${target.kind === 'value' ? 'value' : 'label'}; they get a prediction and count in no metric.`,
    );
  return warnings;
}
