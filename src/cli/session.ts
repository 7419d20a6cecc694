/** What one command works with, from reading the data to printing the report. */
import type { BackendName } from '../engine/runTypes.ts';
import type { RunControlState } from '../engine/training/runControl.ts';
import type { SearchResult } from '../engine/training/search.ts';
import type { ImportResult } from '../io/importTypes.ts';
import type { CommandLine } from './commandLine.ts';
import { peakRssBytes } from './peakMemory.ts';
import type { ReportInput } from './report.ts';

export interface Terminal {
  out(line: string): void;
  err(line: string): void;
  /** Calls back on the first interrupt. */
  onInterrupt(stop: () => void): void;
}

/** Exit codes that scripts can rely on. */
export const EXIT = { done: 0, internal: 1, usage: 2, failed: 3, interrupted: 130 } as const;

export interface Session {
  readonly command: CommandLine;
  readonly terminal: Terminal;
  readonly imported: ImportResult;
  readonly choice: { readonly backend: BackendName; readonly threads: number; readonly label: string };
  readonly loadMs: number;
  /** The run that an interrupt stops. */
  readonly interrupt: { control: RunControlState; isRaised: boolean };
  /** Set once a search ended. */
  search?: SearchResult;
}

/** The part of the report that is the same for every command. */
export const reportFacts = ({
  imported,
  choice,
  loadMs,
}: Session): Pick<ReportInput, 'graph' | 'choice' | 'loadMs' | 'peakRssBytes'> => ({
  graph: imported.graph,
  choice,
  loadMs,
  peakRssBytes: peakRssBytes(),
});
