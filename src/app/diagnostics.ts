/** What a report of a crash needs: the error, where it was drawn, and the state in counts. Never a cell of the data. */
import type { SerialisedError } from '../core/errors.ts';
import type { WorkbenchState } from '../state/types.ts';

export function diagnosticsText(
  error: SerialisedError,
  componentStack: string,
  state: WorkbenchState,
  userAgent: string,
): string {
  const { data, compute, run, setup, view } = state;
  const graph = data.loaded?.graph;
  const lines = [
    `${error.name} (${error.code}): ${error.message}`,
    error.stack ?? '',
    componentStack.trim(),
    `browser: ${userAgent}`,
    `graph: ${graph === undefined ? 'none' : `${graph.nodeIds.length} nodes, ${graph.source.length} edges`}`,
    `compute: ${compute.status}, ${compute.choice?.label ?? compute.requested}`,
    `run: ${run.status.kind}, task ${setup.task}, model ${setup.model}`,
    `view: ${view.tab}${view.split ? ', split' : ''}`,
  ];
  return lines.filter((line) => line !== '').join('\n');
}
