/** Main-thread handles of the workers; the only module that knows how they are started. */
import type { WorkerCrashError } from '../../core/errors.ts';
import type { IoService, LayoutService, TrainingService } from '../protocol.ts';
import type { ProjectionService } from '../projectionProtocol.ts';
import type { SchemaService } from '../schemaProtocol.ts';
import { type Supervised, supervise } from '../supervisor.ts';

export interface WorkbenchClients {
  readonly training: Supervised<TrainingService>;
  readonly io: Supervised<IoService & SchemaService>;
  readonly layout: Supervised<LayoutService>;
  readonly projection: Supervised<ProjectionService>;
}

export type WorkerName = keyof WorkbenchClients;

/** Workers start on their first call. `onCrash` is told which one died, so that state kept in it can be set again. */
export function createWorkbenchClients(
  onCrash: (worker: WorkerName, error: WorkerCrashError) => void,
): WorkbenchClients {
  return {
    training: supervise<TrainingService>(
      'training',
      () =>
        new Worker(new URL('../training.worker.ts', import.meta.url), { type: 'module', name: 'training' }),
      (error) => onCrash('training', error),
    ),
    io: supervise<IoService & SchemaService>(
      'import',
      () => new Worker(new URL('../io.worker.ts', import.meta.url), { type: 'module', name: 'io' }),
      (error) => onCrash('io', error),
    ),
    layout: supervise<LayoutService>(
      'layout',
      () => new Worker(new URL('../layout.worker.ts', import.meta.url), { type: 'module', name: 'layout' }),
      (error) => onCrash('layout', error),
    ),
    projection: supervise<ProjectionService>(
      'projection',
      () =>
        new Worker(new URL('../projection.worker.ts', import.meta.url), {
          type: 'module',
          name: 'projection',
        }),
      (error) => onCrash('projection', error),
    ),
  };
}
