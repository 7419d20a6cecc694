/**
 * Asks the training worker what the next run would need, whenever the set-up has rested for a moment. One question at a
 * time: what changed meanwhile is asked once the answer is there. Never while a run or a measurement has the worker.
 */
import { serialiseError } from '../../core/errors.ts';
import type { CommandContext } from '../environment.ts';
import { runConfigOf } from '../setupDefaults.ts';
import { NO_ESTIMATE } from '../store.ts';
import type { EstimateSlice, WorkbenchState } from '../types.ts';
import type { TrainingGraph } from './trainingGraph.ts';

export const ESTIMATE_DELAY_MS = 300;
const MAX_REMEMBERED = 64;

/** Watches the store until the page ends. */
export function watchEstimate(
  { store, clients }: Pick<CommandContext, 'store' | 'clients'>,
  trainingGraph: TrainingGraph,
): void {
  const answers = new Map<string, EstimateSlice>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsking = false;

  function rest(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), ESTIMATE_DELAY_MS);
  }

  async function ask(): Promise<void> {
    const state = store.getState();
    const key = questionOf(state);
    if (key === null || isAsking) return;
    const known = answers.get(key);
    if (known !== undefined) {
      store.setState({ estimate: known });
      return;
    }
    isAsking = true;
    store.setState({ estimate: { ...state.estimate, isPending: true } });
    const answer = await answerOf(state);
    isAsking = false;
    if (answer !== null) {
      if (answers.size >= MAX_REMEMBERED) answers.clear();
      answers.set(key, answer);
    }
    if (questionOf(store.getState()) === key) store.setState({ estimate: answer ?? NO_ESTIMATE });
    else void ask();
  }

  /** Null when the worker went away: that is said elsewhere, and asked again after the next change. */
  async function answerOf({ data, setup }: WorkbenchState): Promise<EstimateSlice | null> {
    const { loaded } = data;
    if (loaded === null) return null;
    try {
      await trainingGraph.send(loaded.graph);
      const config = runConfigOf(setup, loaded);
      const estimate = await clients.training.call((training) => training.estimateRun(config));
      return { isPending: false, estimate, error: null };
    } catch (thrown) {
      const error = serialiseError(thrown);
      return error.code === 'worker-crash' ? null : { isPending: false, estimate: null, error };
    }
  }

  store.subscribe((state, before) => {
    if (state.data.loaded !== before.data.loaded) store.setState({ estimate: NO_ESTIMATE });
    const isChanged =
      state.setup !== before.setup ||
      state.data.loaded !== before.data.loaded ||
      isFree(state) !== isFree(before);
    if (isChanged) rest();
  });
}

/** The training worker has nothing else to do. */
const isFree = ({ catalogue, compute, run }: WorkbenchState): boolean =>
  catalogue.engine !== null &&
  compute.status !== 'starting' &&
  ['idle', 'finished', 'stopped', 'failed'].includes(run.status.kind);

function questionOf(state: WorkbenchState): string | null {
  const { loaded } = state.data;
  if (loaded === null || !isFree(state)) return null;
  return `${loaded.graph.version} ${JSON.stringify(runConfigOf(state.setup, loaded))}`;
}
