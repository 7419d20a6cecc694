/**
 * What the store's commands need from the page and cannot know themselves (they run without a DOM in tests): frames,
 * remembered preferences, downloads, the base address. The composition root supplies it.
 */
import type { WorkbenchClients } from '../workers/clients/workbenchClients.ts';
import type { WorkbenchStore } from './store.ts';

export interface PageEnvironment {
  /** Calls back once on the next animation frame, or after 1 s in a hidden tab. */
  requestFrame(callback: () => void): void;
  readPreference(key: string): string | null;
  writePreference(key: string, value: string): void;
  saveFile(fileName: string, blob: Blob): void;
  readonly baseUrl: string;
}

/** Everything a command works with. */
export interface CommandContext {
  readonly store: WorkbenchStore;
  readonly clients: WorkbenchClients;
  readonly page: PageEnvironment;
  /** Shows an error and swallows it: the end of the line for whatever a click started. Cancellation says nothing. */
  report(error: unknown): void;
}
