import { defineConfig } from '@playwright/test';
import { browserLaunch } from '../scripts/browserLaunch.ts';

const PORT = 4189;

/** Benches run on the built page, one at a time; they report and never assert a time. */
export default defineConfig({
  testMatch: '*.bench.ts',
  timeout: 300_000,
  workers: 1,
  reporter: [['line']],
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
