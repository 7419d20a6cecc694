/** The configuration of a run: from the command line, a search, or the run that is resumed. */
import { ParameterError } from '../core/errors.ts';
import type { ParameterValues } from '../core/parameters.ts';
import { createRegistry } from '../core/registry.ts';
import { targetCandidates } from '../core/taskDefaults.ts';
import { MODELS } from '../engine/models/index.ts';
import type { RunConfig } from '../engine/runTypes.ts';
import { TASKS } from '../engine/tasks/index.ts';
import { searchParameters } from '../engine/training/search.ts';
import type { RunSnapshot } from '../engine/training/runSnapshot.ts';
import type { ImportResult } from '../io/importTypes.ts';
import type { CommandLine } from './commandLine.ts';
import type { Session } from './session.ts';

/** The configuration of the command line, improved by a search when one was asked for. */
export async function searchedConfig(session: Session): Promise<RunConfig> {
  const { command, terminal, imported, choice, interrupt } = session;
  const config = runConfig(command, imported, command.seeds[0] ?? 0);
  if (command.searchSeconds === null) return config;
  terminal.err(`Searching for ${command.searchSeconds} s, judged on validation nodes`);
  const search = searchParameters(imported.graph, config, {
    control: interrupt.control,
    backend: choice.label,
    budgetMs: 1000 * command.searchSeconds,
  });
  let best = -Infinity;
  for (;;) {
    const next = await search.next();
    if (next.done === true) {
      session.search = next.value;
      return { ...config, parameters: next.value.best.parameters };
    }
    const { index, score, share, failure } = next.value;
    if (failure !== null) terminal.err(`  trial ${index}: ${failure}`);
    if (score <= best) continue;
    best = score;
    terminal.err(
      `  trial ${index}: ${score.toFixed(4)} on validation, ${Math.round(100 * share)} % of the epochs`,
    );
  }
}

/** The run's own configuration; only epochs may change. @throws {ParameterError} the data changed since */
export function resumedConfig({ command, imported }: Session, snapshot: RunSnapshot): RunConfig {
  if (snapshot.graphVersion !== imported.graph.version) {
    throw new ParameterError(
      `The run in '${command.resume}' was trained on other data (version ${snapshot.graphVersion.slice(0, 12)}, this is ${imported.graph.version.slice(0, 12)}).`,
      {
        code: 'resume-data',
        remedy: 'Give the same data, or apply the model to this graph with --apply.',
        details: { expected: snapshot.graphVersion, received: imported.graph.version },
      },
    );
  }
  return { ...snapshot.config, parameters: { ...snapshot.config.parameters, ...command.parameters } };
}

/** Command line first, then what the data says, then what its columns suggest. */
function runConfig(command: CommandLine, { graph, hints }: ImportResult, seed: number): RunConfig {
  const target = command.target ?? hints.target ?? null;
  const canPredict = target !== null || targetCandidates(graph).length > 0;
  const task = command.task ?? hints.task ?? (canPredict ? 'node-classification' : 'community-detection');
  const model = command.model ?? TASKS.get(task).defaultModel;
  return {
    task,
    nodeType: command.nodeType,
    target,
    model,
    seed,
    split: command.split ?? hints.split ?? 'auto',
    features: command.features ?? hints.features ?? 'auto',
    edgeWeight: command.edgeWeight,
    parameters: { ...presetParameters(model, command.preset), ...command.parameters },
  };
}

/** @throws {ParameterError} the model has no such preset */
function presetParameters(model: string, preset: string | null): ParameterValues {
  if (preset === null) return {};
  const descriptor = MODELS.get(model);
  return createRegistry(`preset of ${descriptor.name}`, descriptor.presets ?? []).get(preset).parameters;
}
