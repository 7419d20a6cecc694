import { defineConfig } from '@playwright/test';
import { browserLaunch } from '../scripts/browserLaunch.ts';

const PORT = 4189;

/** Benches run one at a time, on the built page or in processes of their own; they report and never assert a time. */
export default defineConfig({
  testMatch: '*.bench.ts',
  timeout: 1_800_000,
  workers: 1,
  reporter: './tableReporter.ts',
  outputDir: '../build/bench/results',
  use: {
    baseURL: `http://localhost:${PORT}/`,
    viewport: { width: 1440, height: 900 },
    launchOptions: browserLaunch(),
  },
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --port ${PORT} --strictPort`,
    cwd: '..',
    url: `http://localhost:${PORT}/`,
    reuseExistingServer: false,
  },
});
