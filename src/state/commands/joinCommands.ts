/**
 * Adding files to the open graph: comparing ids while the dialog is open, and joining. The open graph is a value that is
 * replaced, as a step that can be undone.
 */
import { serialiseError } from '../../core/errors.ts';
import { type Graph, numEdges, numNodes } from '../../core/graph.ts';
import type { JoinCounts } from '../../core/joinGraphs.ts';
import { belongsTogether, DEFAULT_JOIN_OPTIONS } from '../../core/matchGraphs.ts';
import type { ImportOptions, ImportPreview, ImportProgress } from '../../io/importTypes.ts';
import type { JoinResult } from '../../workers/protocol.ts';
import type { CommandContext } from '../environment.ts';
import { joinedPositions, joinedSelection } from '../joinedView.ts';
import { recordEdit } from '../history.ts';
import type { EditSide } from '../schemaTypes.ts';
import { setupFor } from '../setupDefaults.ts';
import { patch } from '../store.ts';
import type { ColourBy, Commands, JoinState, LoadedGraph, SetupSlice } from '../types.ts';
import type { DataHooks } from './dataCommands.ts';

export type JoinCommands = Pick<Commands, 'setJoin'> & {
  /** How the dialog begins: compared already where that takes a moment only. Null while nothing is open. */
  begin(preview: ImportPreview, options: ImportOptions): Promise<JoinState | null>;
  /** The mapping changed: what was compared holds no longer. */
  compareAgain(): void;
  /** Reads the files and puts the joined graph in the place of the open one. */
  join(options: ImportOptions, join: JoinState, fileTitle: string): Promise<void>;
};

/** Files up to this size are compared before the dialog opens, so that it can propose what fits. */
const COMPARE_FIRST_BYTES = 20_000_000;
/** A person who types a name is not compared with at every letter. */
const COMPARE_DELAY_MS = 250;

export function createJoinCommands(
  context: CommandContext,
  hooks: DataHooks,
  onProgress: (progress: ImportProgress) => void,
): JoinCommands {
  const { store, clients } = context;
  let latest = 0;

  const openGraph = (): Graph | null => store.getState().data.loaded?.graph ?? null;

  function patchJoin(change: Partial<JoinState>): void {
    const { importDialog } = store.getState().data;
    if (importDialog === null || importDialog.join === null) return;
    const join = { ...importDialog.join, ...change };
    patch(store, 'data', { importDialog: { ...importDialog, join, error: null } });
  }

  async function compare(): Promise<void> {
    const mine = ++latest;
    await new Promise((resolve) => setTimeout(resolve, COMPARE_DELAY_MS));
    const { importDialog } = store.getState().data;
    const graph = openGraph();
    if (mine !== latest || importDialog?.join == null || graph === null || importDialog.isReading) return;
    const { options, join } = importDialog;
    try {
      const match = await clients.io.call((io) => io.matchJoin(options, join.options, graph, onProgress));
      if (mine === latest) patchJoin({ match, isMatching: false });
    } catch (error) {
      const plain = serialiseError(error);
      if (mine === latest) patchJoin({ isMatching: false, error: plain.code === 'cancelled' ? null : plain });
    }
  }

  function compareAgain(): void {
    latest++;
    const join = store.getState().data.importDialog?.join ?? null;
    if (join === null) return;
    patchJoin({ match: null, error: null, isMatching: join.isChosen });
    if (join.isChosen) void compare();
  }

  return {
    async begin(preview, options) {
      latest++;
      const { loaded } = store.getState().data;
      if (loaded === null) return null;
      const { title, graph } = loaded;
      const join = {
        title,
        isChosen: false,
        options: DEFAULT_JOIN_OPTIONS,
        match: null,
        isMatching: false,
        error: null,
      };
      const bytes = preview.tables.reduce((sum, table) => sum + table.sizeBytes, 0);
      if (bytes > COMPARE_FIRST_BYTES) return join;
      try {
        const match = await clients.io.call((io) => io.matchJoin(options, join.options, graph, onProgress));
        return { ...join, match, isChosen: belongsTogether(match) };
      } catch (error) {
        const plain = serialiseError(error);
        if (plain.code === 'cancelled') throw error;
        // Files that cannot be read as guessed: the dialog is where a person mends that, and says what is wrong on Import.
        return join;
      }
    },
    compareAgain,
    setJoin(change) {
      patchJoin(change);
      const join = store.getState().data.importDialog?.join;
      if (join?.isChosen === true && (join.match === null || change.options !== undefined)) compareAgain();
    },
    async join(options, join, fileTitle) {
      latest++;
      const { loaded } = store.getState().data;
      if (loaded === null) return;
      const result = await clients.io.call((io) => io.join(options, join.options, loaded.graph, onProgress));
      const { setup, view, selection } = store.getState();
      const { colourBy, positions } = view;
      hooks.beforeReplace();
      show(context, hooks, result, `add ${fileTitle}`, { loaded, setup, colourBy, positions, selection });
      hooks.notify({
        severity: 'info',
        message: `Added ${fileTitle} to ${loaded.title}: ${countsText(result.counts)}.`,
        remedy: '',
        details: '',
        offersUndo: true,
      });
    },
  };
}

/** Nodes may have other indices afterwards: positions and selection are part of the step. */
type JoinedFrom = Required<EditSide>;

/** Puts the joined graph in the place of the open one; what a person set, selected and laid out stays where it can. */
function show(
  { store }: CommandContext,
  hooks: DataHooks,
  result: JoinResult,
  label: string,
  before: JoinedFrom,
): void {
  const { graph, nodeMap, counts } = result;
  const previous = before.loaded;
  const { engine } = store.getState().catalogue;
  const hints = { ...previous.hints, ...result.hints };
  const loaded: LoadedGraph = {
    ...previous,
    graph,
    hints,
    report: {
      ...result.report,
      rowsRead: previous.report.rowsRead + result.report.rowsRead,
      bytesRead: previous.report.bytesRead + result.report.bytesRead,
      notices: [joinNotice(counts), ...result.report.notices, ...previous.report.notices].filter(
        // Either side may have had none by itself.
        ({ code }) => code !== 'no-edges' || numEdges(graph) === 0,
      ),
    },
    datasetId: null,
  };
  const setup = joinedSetup(before.setup, setupFor(graph, hints, engine), result.hints.target);
  const hasGrown = counts.nodesAdded > 0 || counts.edgesAdded > 0;
  const map = nodeMap ?? Int32Array.from({ length: numNodes(previous.graph) }, (_, node) => node);
  const { positions } = before;
  const after: JoinedFrom = {
    loaded,
    setup,
    colourBy: setup.target === before.setup.target ? withoutRun(before.colourBy, setup) : plainColour(setup),
    positions:
      positions === null || counts.nodesAdded === 0 ? positions : joinedPositions(positions, map, graph),
    selection: joinedSelection(before.selection, map, graph),
  };
  patch(store, 'data', { loading: null, importDialog: null });
  recordEdit(store, { label, before, after });
  if (hasGrown) hooks.afterGrowth();
}

const plainColour = ({ target }: SetupSlice): ColourBy => (target === null ? 'none' : 'label');

/** The run was of the other version: what it predicted is gone. */
function withoutRun(colourBy: ColourBy, setup: SetupSlice): ColourBy {
  return ['prediction', 'confidence', 'correct', 'none'].includes(colourBy) ? plainColour(setup) : colourBy;
}

/** The set-up stays, unless the files bring the first target, or one that a person marked as the label. */
function joinedSetup(current: SetupSlice, fresh: SetupSlice, marked: string | undefined): SetupSlice {
  const isWanted = current.target === null || (marked !== undefined && fresh.target === marked);
  return isWanted ? { ...fresh, seed: current.seed } : current;
}

/** 'Joined by id: 231 nodes matched, 9 left out; 1 column added.' */
function joinNotice(counts: JoinCounts): LoadedGraph['report']['notices'][number] {
  return {
    severity: counts.nodesIgnored + counts.edgesIgnored > 0 ? 'warning' : 'info',
    code: 'joined',
    message: `Joined by id: ${countsText(counts)}.`,
    count: counts.nodesMatched,
    examples: [],
  };
}

function countsText(counts: JoinCounts): string {
  const quantity = (count: number, noun: string): string =>
    `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
  const parts = [`${quantity(counts.nodesMatched, 'node')} matched`];
  const say = (count: number, noun: string, verb: string): void => {
    if (count > 0) parts.push(`${quantity(count, noun)} ${verb}`);
  };
  say(counts.nodesAdded, 'node', 'added');
  say(counts.nodesIgnored, 'node', 'left out');
  say(counts.edgesAdded, 'edge', 'added');
  say(counts.edgesIgnored, 'edge', 'left out');
  say(counts.columnsAdded.length, 'column', 'added');
  say(counts.columnsReplaced.length, 'column', 'filled');
  return parts.join(', ');
}
