/** The plain-data half of every task, model and metric: crosses the worker boundary so that menus and forms fill at once. */
import { FEATURE_PARAMETERS } from './features/featureParameters.ts';
import { METRICS } from './metrics/index.ts';
import { MODELS } from './models/index.ts';
import type { EngineCatalogue, ResultKind } from './runTypes.ts';
import { BATCH_PARAMETERS } from './samplers/batchParameters.ts';
import { TASKS } from './tasks/index.ts';

const EVERY_OUTPUT: readonly ResultKind[] = ['classes', 'labels', 'value'];

export function engineCatalogue(): EngineCatalogue {
  return {
    tasks: TASKS.all.map(({ id, name, summary, needsTarget, defaultModel, headline, parameters }) => ({
      id,
      name,
      summary,
      needsTarget,
      defaultModel,
      headline,
      parameters,
    })),
    models: MODELS.all.map((model) => ({
      id: model.id,
      name: model.name,
      family: model.family,
      summary: model.summary,
      source: model.source,
      tasks: model.tasks,
      uses: model.uses,
      outputs: model.outputs ?? EVERY_OUTPUT,
      batching: model.batching ?? [],
      parameters: model.parameters,
      presets: model.presets ?? [],
    })),
    featureParameters: FEATURE_PARAMETERS.map(({ id }) => id),
    batchParameters: BATCH_PARAMETERS.map(({ id }) => id),
    metrics: METRICS.map(({ id, name, help, higherIsBetter, isRatio }) => ({
      key: id,
      name,
      help,
      higherIsBetter,
      isRatio,
    })),
  };
}
