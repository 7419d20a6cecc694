/** Process entry of the headless runner. */
import { runCommandLine } from './main.ts';

void runCommandLine(process.argv.slice(2), {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  onInterrupt: (stop) => process.once('SIGINT', stop),
}).then((code) => {
  // Kernel threads and tfjs timers must not keep a finished command alive; stdout is flushed first.
  process.stdout.write('', () => process.exit(code));
});
