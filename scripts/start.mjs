/** `npm start`: installs what is missing, builds, serves with cross-origin isolation headers and prints the address. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureDependencies, ensurePage, root } from './setup.mjs';

ensureDependencies();
ensurePage();
const port = process.env.PORT === undefined ? [] : ['--port', process.env.PORT];
const server = spawn(
  process.execPath,
  [join(root, 'node_modules/vite/bin/vite.js'), 'preview', ...port, ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
server.on('exit', (code) => process.exit(code ?? 0));
