/** The only binding between React and the store: a typed selector hook and the commands through context. */
import { createContext, use } from 'react';
import { useStore as useZustandStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { Commands, WorkbenchState } from '../state/types.ts';

export interface Workbench {
  readonly store: StoreApi<WorkbenchState>;
  readonly commands: Commands;
}

export const WorkbenchContext = createContext<Workbench | null>(null);

function useWorkbench(): Workbench {
  const workbench = use(WorkbenchContext);
  if (workbench === null) throw new Error('useStore outside <WorkbenchContext>');
  return workbench;
}

/** Subscribes to one part of the state; the selector must return a stable reference when nothing it reads changed. */
export function useStore<T>(selector: (state: WorkbenchState) => T): T {
  return useZustandStore(useWorkbench().store, selector);
}

export function useCommands(): Commands {
  return useWorkbench().commands;
}

/** For imperative readers (canvas painters) that subscribe without rendering. */
export function useStoreApi(): StoreApi<WorkbenchState> {
  return useWorkbench().store;
}
