/** The plain-data half of every task, model and metric: crosses the worker boundary so that menus and forms fill at once. */
import { METRICS } from './metrics/index.ts';
import { MODELS } from './models/index.ts';
import type { EngineCatalogue } from './runTypes.ts';
import { TASKS } from './tasks/index.ts';

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
    models: MODELS.all.map(({ id, name, family, summary, source, tasks, parameters, presets = [] }) => ({
      id,
      name,
      family,
      summary,
      source,
      tasks,
      parameters,
      presets,
    })),
    metrics: METRICS.map(({ id, name, help, higherIsBetter, isRatio }) => ({
      key: id,
      name,
      help,
      higherIsBetter,
      isRatio,
    })),
  };
}
