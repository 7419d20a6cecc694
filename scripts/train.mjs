/** `npm run train -- PATH …`: builds what is missing (told on stderr) and hands over to the headless runner. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureDependencies, ensureHeadlessRunner, root } from './setup.mjs';

ensureDependencies();
ensureHeadlessRunner();
const runner = spawn(process.execPath, [join(root, 'dist-cli/graphwright.cjs'), ...process.argv.slice(2)], {
  // npm runs scripts in the project folder; paths are meant from where the person typed them.
  cwd: process.env.INIT_CWD ?? process.cwd(),
  env: { ...process.env, GRAPHWRIGHT_ROOT: root },
  stdio: 'inherit',
});
// The runner gets the terminal's interrupt itself and ends in order.
process.on('SIGINT', () => undefined);
runner.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
