import { defineConfig } from '@playwright/test';
import { browserLaunch } from './scripts/browserLaunch.ts';

/** Another port lets two checkouts test at once. */
const PORT = Number(process.env['E2E_PORT'] ?? 4179);

/** End-to-end tests run on the built page, served as a person gets it: policy and isolation headers included. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  fullyParallel: false,
  workers: 1,
  forbidOnly: process.env.CI !== undefined,
  reporter: [['list']],
  use: {
    baseURL: `http://localhost:${PORT}/`,
    viewport: { width: 1440, height: 900 },
    launchOptions: browserLaunch(),
    acceptDownloads: true,
    trace: 'retain-on-failure',
  },
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --port ${PORT} --strictPort`,
    url: `http://localhost:${PORT}/`,
    reuseExistingServer: false,
  },
});
