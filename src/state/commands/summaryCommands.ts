/**
 * Works out the summary of the open graph in the io worker, once the graph, the target and the split have rested for a
 * moment, so that opening a graph and drawing it come first. One question at a time; an answer that is out of date is dropped.
 */
import { serialiseError } from '../../core/errors.ts';
import type { SummaryRequest } from '../../workers/schemaProtocol.ts';
import type { CommandContext } from '../environment.ts';
import { patch } from '../store.ts';
import type { LoadedGraph, WorkbenchState } from '../types.ts';

export const SUMMARY_DELAY_MS = 700;

interface Question {
  readonly loaded: LoadedGraph;
  readonly request: SummaryRequest;
  /** Equal questions have equal keys. */
  readonly key: string;
}

/** Watches the store until the page ends. */
export function watchSummary({ store, clients }: Pick<CommandContext, 'store' | 'clients'>): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsking = false;
  let wanted: string | null = null;

  function rest(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), SUMMARY_DELAY_MS);
  }

  async function ask(): Promise<void> {
    const question = questionOf(store.getState());
    if (question === null || isAsking) return;
    isAsking = true;
    const { loaded, request, key } = question;
    let found: Partial<WorkbenchState['schema']['summary']>;
    try {
      const summary = await clients.io.call((io) => io.summariseGraph(loaded.graph, request));
      found = { status: 'ready', summary, error: null };
    } catch (thrown) {
      found = { status: 'failed', summary: null, error: serialiseError(thrown) };
    }
    isAsking = false;
    if (wanted !== key) return void ask();
    patch(store, 'schema', { summary: { ...store.getState().schema.summary, ...found } });
  }

  store.subscribe((state, before) => {
    if (state.data.loaded === before.data.loaded && state.setup === before.setup) return;
    const key = questionOf(state)?.key ?? null;
    if (key === wanted) return;
    wanted = key;
    const { summary } = state.schema;
    const isOther = state.data.loaded?.graph.name !== before.data.loaded?.graph.name;
    patch(store, 'schema', {
      summary: {
        status: key === null ? 'idle' : 'pending',
        summary: key === null || isOther ? null : summary.summary,
        error: null,
      },
    });
    if (key !== null) rest();
  });
}

function questionOf({ data, setup }: WorkbenchState): Question | null {
  const { loaded } = data;
  if (loaded === null) return null;
  const { graph } = loaded;
  const type = graph.nodeTypes.find(({ name }) => name === setup.nodeType) ?? graph.nodeTypes[0];
  // Several yes/no columns are one target; a summary is of one column.
  const isColumn = type?.columns.some(({ name }) => name === setup.target) === true;
  const target =
    isColumn && setup.target !== null && type !== undefined
      ? { nodeType: type.name, column: setup.target }
      : null;
  const request = { target, split: setup.split, seed: setup.seed };
  return { loaded, request, key: `${graph.version} ${JSON.stringify(request)}` };
}
