/** Trains one or several seeds, tells the progress and leaves report and run folder. */
import { mkdir } from 'node:fs/promises';
import type { AttentionWeights } from '../engine/models/modelTypes.ts';
import type { EpochEvent, RunConfig, RunDescription } from '../engine/runTypes.ts';
import type { TrainedModel } from '../engine/training/applyModel.ts';
import { createRunControl } from '../engine/training/runControl.ts';
import type { RunSnapshot } from '../engine/training/runSnapshot.ts';
import { trainRun } from '../engine/training/trainRun.ts';
import { writeOutputs } from './outputs.ts';
import { buildReport, type FinishedRun } from './report.ts';
import { resumedConfig, searchedConfig } from './runConfig.ts';
import { readCheckpoint, writeCheckpoint } from './runFolder.ts';
import { EXIT, reportFacts, type Session } from './session.ts';

/** Returns the exit code. */
export async function trainCommand(session: Session): Promise<number> {
  const { resume } = session.command;
  const resumeFrom = resume === null ? null : await readCheckpoint(resume);
  const config = resumeFrom === null ? await searchedConfig(session) : resumedConfig(session, resumeFrom);
  return runSeeds(session, config, resumeFrom);
}

async function runSeeds(
  session: Session,
  config: RunConfig,
  resumeFrom: RunSnapshot | null,
): Promise<number> {
  const { command, interrupt } = session;
  const seeds = resumeFrom === null ? command.seeds : [resumeFrom.config.seed];
  const runs: FinishedRun[] = [];
  // What --out writes is the first seed's, as in the report.
  let kept: SeedRun | null = null;
  for (const seed of seeds) {
    if (interrupt.isRaised) break;
    const run = await runSeed(session, { ...config, seed }, resumeFrom);
    if (run === null) break;
    kept ??= run;
    runs.push(run.finished);
  }
  const first = runs[0];
  if (first === undefined || kept === null) return EXIT.interrupted;
  const report = buildReport({
    ...reportFacts(session),
    runs,
    isSeedList: command.isSeedList,
    ...(session.search === undefined ? {} : { search: session.search }),
  });
  if (command.out !== null) {
    const { model, checkpoint, attention } = kept;
    const { graph } = session.imported;
    await writeOutputs(command.out, { graph, run: first, report, model, checkpoint, attention });
  }
  session.terminal.out(JSON.stringify(report));
  return interrupt.isRaised ? EXIT.interrupted : EXIT.done;
}

interface SeedRun {
  readonly finished: FinishedRun;
  readonly model: TrainedModel | null;
  readonly checkpoint: RunSnapshot | null;
  readonly attention: AttentionWeights | null;
}

/** Trains one seed and tells its progress; null when it ended without a result. */
async function runSeed(
  { command, terminal, imported, choice, interrupt }: Session,
  config: RunConfig,
  resumeFrom: RunSnapshot | null,
): Promise<SeedRun | null> {
  const control = createRunControl();
  interrupt.control = control;
  let description: RunDescription | null = null;
  let finished: FinishedRun | null = null;
  let model: TrainedModel | null = null;
  let checkpoint: RunSnapshot | null = null;
  let attention: AttentionWeights | null = null;
  const run = trainRun(imported.graph, config, {
    control,
    backend: choice.label,
    snapshotIntervalMs: null,
    ...(resumeFrom === null ? {} : { resumeFrom: { ...resumeFrom, config } }),
    onModel(state, artifact) {
      if (artifact !== null && state.tensors.length > 0)
        model = { config, values: description?.config.parameters ?? {}, artifact, state };
    },
    ...(command.out === null
      ? {}
      : {
          onCheckpoint: (taken: RunSnapshot) => {
            checkpoint = taken;
          },
          onAttention: (weights: AttentionWeights) => {
            attention = weights;
          },
        }),
  });
  try {
    for await (const event of run) {
      if (event.kind === 'started') {
        description = event.run;
        terminal.err(describeRun(event.run, config.seed));
      } else if (event.kind === 'epoch' && event.epoch % progressEvery(description) === 0) {
        terminal.err(describeEpoch(event));
      } else if (event.kind === 'finished' && description !== null) {
        finished = { seed: config.seed, description, result: event.result };
        terminal.err(event.result.verdict);
      }
    }
  } catch (error) {
    // A run that diverged leaves its last good checkpoint.
    if (command.out !== null && checkpoint !== null) {
      await mkdir(command.out, { recursive: true });
      await writeCheckpoint(command.out, checkpoint);
      terminal.err(`The best epoch so far is kept in ${command.out}.`);
    }
    throw error;
  }
  return finished === null ? null : { finished, model, checkpoint, attention };
}

function describeEpoch({ epoch, loss, trainScore, valScore, trainMs }: EpochEvent): string {
  const train = trainScore === null ? '' : ` train ${trainScore.toFixed(3)}`;
  const val = valScore === null ? '' : ` val ${valScore.toFixed(3)}`;
  return `  epoch ${epoch}: loss ${loss.toFixed(4)}${train}${val} (${trainMs.toFixed(1)} ms)`;
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
