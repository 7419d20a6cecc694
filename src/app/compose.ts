/** The composition root: store, workers and page environment become one workbench. The only place that knows them all. */
import type { Workbench } from '../components/useStore.ts';
import { createCommands } from '../state/commands/createCommands.ts';
import { createWorkbenchStore } from '../state/store.ts';
import { createWorkbenchClients } from '../workers/clients/workbenchClients.ts';
import { browserEnvironment } from './browserEnvironment.ts';

export interface ComposedWorkbench extends Workbench {
  /** Starts the workers; call after first paint. */
  start(): Promise<void>;
}

export function composeWorkbench(): ComposedWorkbench {
  const store = createWorkbenchStore();
  const clients = createWorkbenchClients((worker, error) => set.workerCrashed(worker, error));
  const set = createCommands(store, clients, browserEnvironment());
  return { store, commands: set.commands, start: set.start };
}
