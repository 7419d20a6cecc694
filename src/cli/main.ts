/**
 * The headless runner: the same readers, engine and exporters as the page, in Node. Human words on stderr, one JSON
 * object on stdout's last line, exit codes that scripts can rely on.
 */
import { performance } from 'node:perf_hooks';
import { serialiseError } from '../core/errors.ts';
import { chooseBackend, startBackend } from '../engine/backend.ts';

import { MODELS } from '../engine/models/index.ts';
import type { ModelState } from '../engine/parameterStore.ts';
import type { BackendName, RunConfig, RunDescription } from '../engine/runTypes.ts';
import { TASKS } from '../engine/tasks/index.ts';
import { createRunControl, type RunControl } from '../engine/training/runControl.ts';
import { trainRun } from '../engine/training/trainRun.ts';
import { importFiles } from '../io/importer.ts';
import { DEFAULT_IMPORT_LIMITS, type ImportResult } from '../io/importTypes.ts';
import { targetCandidates } from '../core/taskDefaults.ts';
import { type CommandLine, helpText, parseCommandLine } from './commandLine.ts';
import { nodeEngineHost } from './engineHost.ts';
import { sourcesAt } from './nodeFiles.ts';
import { writeOutputs } from './outputs.ts';
import { buildReport, type FinishedRun } from './report.ts';

export interface Terminal {
  out(line: string): void;
  err(line: string): void;
  /** Calls back on the first interrupt. */
  onInterrupt(stop: () => void): void;
}

const EXIT = { done: 0, internal: 1, usage: 2, failed: 3, interrupted: 130 } as const;

/** Runs one command and returns its exit code; never throws. */
export async function runCommandLine(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const command = parseCommandLine(argv);
    if (command.help) {
      terminal.out(
        helpText(
          TASKS.all.map(({ id }) => id),
          MODELS.all.map(({ id }) => id),
        ),
      );
      return EXIT.done;
    }
    return await train(command, terminal);
  } catch (error) {
    const { code, message, remedy, stack } = serialiseError(error);
    terminal.err(`${message} ${remedy}`);
    if (code === 'diverged' || code === 'out-of-memory') return EXIT.failed;
    if (code !== 'internal') return EXIT.usage;
    if (process.env['GRAPHWRIGHT_DEBUG'] !== undefined) terminal.err(stack ?? '');
    return EXIT.internal;
  }
}

async function train(command: CommandLine, terminal: Terminal): Promise<number> {
  const loadStart = performance.now();
  const imported = await importFiles(
    await sourcesAt(command.path),
    { direction: command.direction, missingNodes: command.missingNodes, roles: {} },
    { limits: DEFAULT_IMPORT_LIMITS },
  );
  const loadMs = performance.now() - loadStart;
  terminal.err(`Read ${imported.report.summary} in ${loadMs.toFixed(0)} ms`);
  for (const notice of imported.report.notices) terminal.err(`  ${notice.severity}: ${notice.message}`);

  const choice = await startChosen(command);
  terminal.err(`Backend ${choice.label}`);
  const state: { control: RunControl | null; interrupted: boolean } = { control: null, interrupted: false };
  terminal.onInterrupt(() => {
    state.interrupted = true;
    state.control?.stop();
  });
  const runs: FinishedRun[] = [];
  let model: ModelState | null = null;
  for (const seed of command.seeds) {
    if (state.interrupted) break;
    const control = createRunControl();
    state.control = control;
    const config = runConfig(command, imported, seed);
    let description: RunDescription | null = null;
    for await (const event of trainRun(imported.graph, config, {
      control,
      backend: choice.label,
      snapshotIntervalMs: null,
      // What --out writes is the first seed's, as in the report.
      onModel: (trained) => {
        model ??= trained;
      },
    })) {
      if (event.kind === 'started') {
        description = event.run;
        terminal.err(describeRun(event.run, seed));
      } else if (event.kind === 'epoch' && event.epoch % progressEvery(description) === 0) {
        const scores = [
          event.trainScore === null ? '' : ` train ${event.trainScore.toFixed(3)}`,
          event.valScore === null ? '' : ` val ${event.valScore.toFixed(3)}`,
        ].join('');
        terminal.err(
          `  epoch ${event.epoch}: loss ${event.loss.toFixed(4)}${scores} (${event.trainMs.toFixed(1)} ms)`,
        );
      } else if (event.kind === 'finished' && description !== null) {
        runs.push({ seed, description, result: event.result });
        terminal.err(event.result.verdict);
      }
    }
  }
  const first = runs[0];
  if (first === undefined) return EXIT.interrupted;
  const report = buildReport({
    graph: imported.graph,
    choice,
    runs,
    isSeedList: command.isSeedList,
    loadMs,
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
  });
  if (command.out !== null) await writeOutputs(command.out, imported.graph, first, model, report);
  terminal.out(JSON.stringify(report));
  return state.interrupted ? EXIT.interrupted : EXIT.done;
}

async function startChosen(
  command: CommandLine,
): Promise<{ backend: BackendName; threads: number; label: string }> {
  const host = nodeEngineHost();
  if (command.backend === 'auto') return chooseBackend('auto', null, host);
  const options = command.threads === null ? {} : { threads: command.threads };
  return startBackend(command.backend as BackendName, host, options);
}

/** Command line first, then what the data says, then what its columns suggest. */
function runConfig(command: CommandLine, { graph, hints }: ImportResult, seed: number): RunConfig {
  const target = command.target ?? hints.target ?? null;
  const canPredict = target !== null || targetCandidates(graph).length > 0;
  const task = command.task ?? hints.task ?? (canPredict ? 'node-classification' : 'community-detection');
  return {
    task,
    nodeType: command.nodeType,
    target,
    model: command.model ?? TASKS.get(task).defaultModel,
    seed,
    split: command.split ?? hints.split ?? 'auto',
    features: command.features ?? hints.features ?? 'auto',
    edgeWeight: command.edgeWeight,
    parameters: command.parameters,
  };
}

function describeRun(run: RunDescription, seed: number): string {
  const { train: trained, val, test } = run.counts;
  const parts = trained + val + test === 0 ? '' : `, split ${run.splitName} ${trained}/${val}/${test}`;
  const leftOut = run.leftOut.map(({ name, reason }) => `\n  left out: ${name} (${reason})`).join('');
  const warnings = run.warnings.map((warning) => `\n  warning: ${warning}`).join('');
  return `${run.taskName} with ${run.modelName}, seed ${seed}${parts}, ${run.featureWidth} features${leftOut}${warnings}`;
}

const progressEvery = (run: RunDescription | null): number =>
  Math.max(1, Math.round((run?.epochs ?? 10) / 10));
