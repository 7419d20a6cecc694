/** What a run would take, told before anything is allocated on the device: the same preparation as the run's own. */
import type { Graph } from '../../core/graph.ts';
import { resolveValues } from '../../core/parameters.ts';
import { DEFAULT_MEMORY_BUDGET_BYTES } from '../memoryEstimate.ts';
import { MODELS } from '../models/index.ts';
import type { RunConfig, RunDescription } from '../runTypes.ts';
import { TASKS } from '../tasks/index.ts';

/**
 * Returns bytes and batches of the run. Reads columns and builds the message graph, trains nothing. O(N + E) and what
 * structural features cost.
 * @throws {ParameterError | TaskError} the configuration does not fit the data
 * @throws {OutOfMemoryError} neither the whole graph nor batches fit the budget
 */
export function estimateRun(
  graph: Graph,
  config: RunConfig,
  budgetBytes = DEFAULT_MEMORY_BUDGET_BYTES,
): Pick<RunDescription, 'memoryEstimateBytes' | 'batching'> {
  const task = TASKS.get(config.task);
  const descriptor = MODELS.get(config.model);
  const values = resolveValues([...descriptor.parameters, ...task.parameters], config.parameters);
  const prepared = task.prepare({ graph, config, values, descriptor, budgetBytes });
  try {
    const { memoryEstimateBytes, batching } = prepared.description;
    return { memoryEstimateBytes, batching };
  } finally {
    prepared.dispose();
  }
}
