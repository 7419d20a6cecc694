import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { licencePlugins } from './scripts/licencePlugin.ts';
import { contentSecurityPolicy, isolationHeaders, policyMetaPlugin } from './scripts/pagePolicy.ts';

const licences = licencePlugins();

export default defineConfig({
  base: './',
  plugins: [react(), policyMetaPlugin(), licences.page],
  worker: { format: 'es', plugins: licences.worker },
  build: { target: 'es2023', chunkSizeWarningLimit: 2000 },
  server: { headers: isolationHeaders },
  preview: { headers: { ...isolationHeaders, 'Content-Security-Policy': contentSecurityPolicy } },
});
