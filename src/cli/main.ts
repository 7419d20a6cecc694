/**
 * The headless runner: the same readers, engine and exporters as the page, in Node. Human words on stderr, one JSON
 * object on stdout's last line, exit codes that scripts can rely on.
 */
import { performance } from 'node:perf_hooks';
import { serialiseError } from '../core/errors.ts';
import { chooseBackend, startBackend } from '../engine/backend.ts';
import { MODELS } from '../engine/models/index.ts';
import type { BackendName } from '../engine/runTypes.ts';
import { TASKS } from '../engine/tasks/index.ts';
import { createRunControl } from '../engine/training/runControl.ts';
import { importFiles } from '../io/importer.ts';
import { DEFAULT_IMPORT_LIMITS, DEFAULT_IMPORT_OPTIONS } from '../io/importTypes.ts';
import { applyCommand } from './applyCommand.ts';
import { type CommandLine, helpText, parseCommandLine } from './commandLine.ts';
import { nodeEngineHost } from './engineHost.ts';
import { sourcesAt } from './nodeFiles.ts';
import { EXIT, type Session, type Terminal } from './session.ts';
import { trainCommand } from './trainCommand.ts';

export type { Terminal } from './session.ts';

/** Runs one command and returns its exit code; never throws. */
export async function runCommandLine(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const command = parseCommandLine(argv);
    if (command.help) {
      terminal.out(
        helpText(
          TASKS.all.map(({ id }) => id),
          MODELS.all.map(({ id }) => id),
        ),
      );
      return EXIT.done;
    }
    return await run(command, terminal);
  } catch (error) {
    const { code, message, remedy, stack } = serialiseError(error);
    terminal.err(`${message} ${remedy}`);
    if (code === 'diverged' || code === 'out-of-memory') return EXIT.failed;
    if (code !== 'internal') return EXIT.usage;
    if (process.env['GRAPHWRIGHT_DEBUG'] !== undefined) terminal.err(stack ?? '');
    return EXIT.internal;
  }
}

async function run(command: CommandLine, terminal: Terminal): Promise<number> {
  const loadStart = performance.now();
  const imported = await importFiles(
    await sourcesAt(command.path),
    { ...DEFAULT_IMPORT_OPTIONS, ...command.policies },
    { limits: DEFAULT_IMPORT_LIMITS },
  );
  const loadMs = performance.now() - loadStart;
  terminal.err(`Read ${imported.report.summary} in ${loadMs.toFixed(0)} ms`);
  for (const notice of imported.report.notices) terminal.err(`  ${notice.severity}: ${notice.message}`);

  const choice = await startChosen(command);
  terminal.err(`Backend ${choice.label}`);
  const interrupt = { control: createRunControl(), isRaised: false };
  terminal.onInterrupt(() => {
    interrupt.isRaised = true;
    interrupt.control.stop();
  });
  const session: Session = { command, terminal, imported, choice, loadMs, interrupt };
  return command.apply === null ? trainCommand(session) : applyCommand(session, command.apply);
}

async function startChosen(
  command: CommandLine,
): Promise<{ backend: BackendName; threads: number; label: string }> {
  const host = nodeEngineHost();
  if (command.backend === 'auto') return chooseBackend('auto', null, host);
  const options = command.threads === null ? {} : { threads: command.threads };
  return startBackend(command.backend as BackendName, host, options);
}
