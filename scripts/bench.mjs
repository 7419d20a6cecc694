/** `npm run bench`: builds what is missing and prints measured times of the page and the headless runner. */
import { ensureChromium, ensureDependencies, ensureHeadlessRunner, ensurePage, runTool } from './setup.mjs';

ensureDependencies();
await ensureChromium();
ensureHeadlessRunner();
ensurePage();
runTool('@playwright/test/cli.js', [
  'test',
  '--config',
  'bench/playwright.config.ts',
  ...process.argv.slice(2),
]);
