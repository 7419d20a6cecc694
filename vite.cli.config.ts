import { defineConfig } from 'vite';

/** The headless runner as one CommonJS file; tfjs's ES output fails on `__dirname` in Node. */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: 'src/cli/entry.ts',
    outDir: 'dist-cli',
    target: 'node20',
    minify: false,
    rolldownOptions: { output: { format: 'cjs', entryFileNames: 'graphwright.cjs' } },
  },
});
