/** Puts the commands together and connects those that follow from one another. */
import type { WorkbenchClients, WorkerName } from '../../workers/clients/workbenchClients.ts';
import type { PageEnvironment } from '../environment.ts';
import type { WorkbenchStore } from '../store.ts';
import type { Commands } from '../types.ts';
import { createDataCommands } from './dataCommands.ts';
import { createExportCommands } from './exportCommands.ts';
import { watchEstimate } from './estimateCommands.ts';
import { createHistoryCommands } from './historyCommands.ts';
import { createNoticeCommands, noticeOf } from './noticeCommands.ts';
import { createProjectionCommands } from './projectionCommands.ts';
import { createRunCommands } from './runCommands.ts';
import { createSchemaCommands } from './schemaCommands.ts';
import { createSetupCommands } from './setupCommands.ts';
import { watchSummary } from './summaryCommands.ts';
import { createTableCommands } from './tableCommands.ts';
import { createTrainingGraph } from './trainingGraph.ts';
import { createStyleCommands } from './styleCommands.ts';
import { createViewCommands } from './viewCommands.ts';

export interface CommandSet {
  readonly commands: Commands;
  /** Starts the workers and fills the menus; call right after first paint. */
  start(): Promise<void>;
  /** Told when a worker died that nobody stopped. */
  workerCrashed(worker: WorkerName, error: unknown): void;
}

export function createCommands(
  store: WorkbenchStore,
  clients: WorkbenchClients,
  page: PageEnvironment,
): CommandSet {
  const notices = createNoticeCommands(store);
  const report = (error: unknown): void => {
    const notice = noticeOf(error);
    if (notice !== null) notices.notify(notice);
  };
  const context = { store, clients, page, report };
  const view = createViewCommands(context);
  const setup = createSetupCommands(context);
  const trainingGraph = createTrainingGraph(clients);
  const run = createRunCommands(context, trainingGraph, () => void setup.restartBackend());
  const data = createDataCommands(context, {
    beforeReplace: run.abandon,
    afterLoad: () => void view.placeNodes(),
    afterGrowth: () => void view.runLayout(),
    notify: notices.notify,
  });
  const exports = createExportCommands(context);
  const schema = createSchemaCommands(context, {
    notify: notices.notify,
    runLayout: view.followEdges,
  });
  const history = createHistoryCommands(store, {
    notify: notices.notify,
    abandonRun: run.abandon,
    runLayout: view.runLayout,
  });
  const { projectionCrashed, ...projectionCommands } = createProjectionCommands(context);
  watchEstimate(context, trainingGraph);
  watchSummary(context);
  const { placeNodes: _place, followEdges: _follow, ...viewCommands } = view;
  const { trainingCrashed, abandon: _abandon, ...runCommands } = run;
  const { start, restartBackend, ...setupCommands } = setup;
  return {
    commands: {
      ...notices,
      ...viewCommands,
      ...createStyleCommands(context, notices.notify),
      ...runCommands,
      ...setupCommands,
      ...data,
      ...schema,
      ...history,
      ...exports,
      ...projectionCommands,
      ...createTableCommands(context),
    },
    start,
    workerCrashed(worker, error) {
      report(error);
      if (worker === 'projection') projectionCrashed();
      if (worker !== 'training') return;
      trainingCrashed(error);
      void restartBackend();
    },
  };
}
