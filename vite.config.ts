import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { contentSecurityPolicy, isolationHeaders, policyMetaPlugin } from './scripts/pagePolicy.ts';

export default defineConfig({
  base: './',
  plugins: [react(), policyMetaPlugin()],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    license: { fileName: 'third-party-licences.md' },
    chunkSizeWarningLimit: 2000,
  },
  server: { headers: isolationHeaders },
  preview: { headers: { ...isolationHeaders, 'Content-Security-Policy': contentSecurityPolicy } },
});
