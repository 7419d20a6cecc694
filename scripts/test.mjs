/** `npm test`: installs what is missing, then types, lint, format, unit, browser and end-to-end tests. Stops at the first failure. */
import { ensureChromium, ensureDependencies, ensureHeadlessRunner, ensurePage, runTool } from './setup.mjs';
import { performance } from 'node:perf_hooks';
import { run } from './setup.mjs';

const steps = [
  ['types', () => runTool('typescript/bin/tsc', ['-b'])],
  ['lint', () => runTool('oxlint/bin/oxlint', ['--type-aware', '--deny-warnings'])],
  ['boundaries', () => run(process.execPath, ['scripts/checkBoundaries.mjs'])],
  ['format', () => runTool('@biomejs/biome/bin/biome', ['format', '.'])],
  ['unit tests', () => runTool('vitest/vitest.mjs', ['run', '--project', 'unit'])],
  ['browser tests', () => runTool('vitest/vitest.mjs', ['run', '--project', 'browser'])],
  ['build', ensurePage],
  ['end-to-end tests', () => runTool('@playwright/test/cli.js', ['test'])],
];

ensureDependencies();
await ensureChromium();
ensureHeadlessRunner();
const started = performance.now();
for (const [name, step] of steps) {
  const before = performance.now();
  process.stdout.write(`\n── ${name}\n`);
  step();
  process.stdout.write(`── ${name} passed in ${((performance.now() - before) / 1000).toFixed(1)} s\n`);
}
process.stdout.write(
  `\nAll ${steps.length} steps passed in ${((performance.now() - started) / 1000).toFixed(0)} s\n`,
);
