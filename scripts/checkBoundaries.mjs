/**
 * Proves that the boundary rules of .oxlintrc.json bite: writes small files that break each arrow by a static, an index
 * and a dynamic import into a temporary tree, lints it with the project's configuration, and fails when a violation
 * passes or a permitted import is refused.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** [file, source, must be refused] */
const cases = [
  [
    'src/core/static.ts',
    "import { TASKS } from '../engine/tasks/index.ts';\nexport const a = TASKS;\n",
    true,
  ],
  ['src/core/folderIndex.ts', "import { open } from '../io';\nexport const a = open;\n", true],
  ['src/core/dynamic.ts', "export const a = () => import('../workers/supervisor.ts');\n", true],
  [
    'src/core/tensorflow.ts',
    "import { tensor } from '@tensorflow/tfjs-core';\nexport const a = tensor;\n",
    true,
  ],
  [
    'src/core/typeOnly.ts',
    "import type { Graph } from '../io/importTypes.ts';\nexport type A = Graph;\n",
    true,
  ],
  ['src/io/sibling.ts', "import { gcn } from '../engine/models/gcn.ts';\nexport const a = gcn;\n", true],
  [
    'src/io/core.ts',
    "import { buildGraph } from '../core/graphBuilder.ts';\nexport const a = buildGraph;\n",
    false,
  ],
  [
    'src/datasets/io.ts',
    "import { importFiles } from '../io/importer.ts';\nexport const a = importFiles;\n",
    false,
  ],
  ['src/engine/up.ts', "import { store } from '../state/store.ts';\nexport const a = store;\n", true],
  ['src/workers/up.ts', "import { App } from '../components/App.tsx';\nexport const a = App;\n", true],
  [
    'src/workers/engine.ts',
    "import { trainRun } from '../engine/training/trainRun.ts';\nexport const a = trainRun;\n",
    false,
  ],
  [
    'src/state/value.ts',
    "import { TASKS } from '../engine/tasks/index.ts';\nexport const a = TASKS;\n",
    true,
  ],
  ['src/state/dynamic.ts', "export const a = () => import('../engine/backend.ts');\n", true],
  [
    'src/state/type.ts',
    "import type { Metrics } from '../engine/runTypes.ts';\nexport type A = Metrics;\n",
    false,
  ],
  ['src/components/value.tsx', "import { FORMATS } from '../io/formats';\nexport const a = FORMATS;\n", true],
  [
    'src/components/worker.tsx',
    "import { supervise } from '../workers/supervisor.ts';\nexport const a = supervise;\n",
    true,
  ],
  [
    'src/components/core.tsx',
    "import { nodeId } from '../core/graph.ts';\nexport const a = nodeId;\n",
    false,
  ],
  [
    'src/components/store.tsx',
    "import { createWorkbenchStore } from '../state/store.ts';\nexport const a = createWorkbenchStore;\n",
    true,
  ],
  [
    'src/cli/engine.ts',
    "import { trainRun } from '../engine/training/trainRun.ts';\nexport const a = trainRun;\n",
    false,
  ],
  ['src/cli/up.ts', "import { store } from '../state/store.ts';\nexport const a = store;\n", true],
  ['src/core/chance.ts', 'export const a = (): number => Math.random();\n', true],
  ['src/engine/clock.ts', 'export const a = (): number => Date.now();\n', true],
  ['src/io/transport.ts', 'export const a = (): void => postMessage(1);\n', true],
  ['src/state/print.ts', "export const a = (): void => console.log('x');\n", true],
];

const folder = mkdtempSync(join(tmpdir(), 'graphwright-boundaries-'));
try {
  copyFileSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  for (const [file, source] of cases) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), source);
  }
  const report = lint(folder);
  const failures = cases.flatMap(([file, , mustFail]) => {
    const isRefused = report.has(file);
    if (isRefused === mustFail) return [];
    return [`${file}: ${mustFail ? 'a forbidden import or global passes' : 'a permitted import is refused'}`];
  });
  if (failures.length > 0) {
    process.stderr.write(`boundary rules do not hold:\n  ${failures.join('\n  ')}\n`);
    process.exitCode = 1;
  } else {
    process.stdout.write(`boundary rules hold: ${cases.length} fixtures\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Returns the files with a restricted import, global, property or console call. */
function lint(cwd) {
  let output;
  try {
    output = execFileSync(
      process.execPath,
      [join(root, 'node_modules/oxlint/bin/oxlint'), '--format', 'json', 'src'],
      {
        cwd,
        encoding: 'utf8',
      },
    );
  } catch (error) {
    // Exit status 1 means findings, which is what most fixtures are for.
    output = error.stdout;
  }
  const { diagnostics } = JSON.parse(output);
  const refused = diagnostics.filter(({ code }) => /no-restricted-|no-console/.test(code ?? ''));
  return new Set(refused.map(({ filename }) => filename.replaceAll('\\', '/')));
}
