/**
 * `npm run bench [-- --only NAME --profile --pyg FOLDER --epochs N]`: builds what is missing, measures, prints one table
 * and leaves it in build/bench/latest.json.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleNodeBench } from './benchNode.mjs';
import { ensureChromium, ensureDependencies, ensurePage, run, root } from './setup.mjs';

const HELP = `npm run bench -- [options]

  --only NAME    a part (cora, bigGcn, scaling, parsing, projection, mainJourney) or some of a bench's title: 'GAT', 'hidden 64', 'Pause'
  --profile      tell below the table where the time of a training step goes, kernel by kernel
  --pyg FOLDER   checkout of PyTorch Geometric 2.5.3: run ../shared/bench beside ours instead of quoting recorded times
                 (PYTHON names the interpreter; default /usr/bin/python3)
  --epochs N     at most N epochs a row, 4 or more: to see that everything runs
`;

function usage(message) {
  process.stderr.write(`${message}\n\n${HELP}`);
  process.exit(2);
}

function parse() {
  try {
    return parseArgs({
      options: {
        only: { type: 'string' },
        profile: { type: 'boolean', default: false },
        pyg: { type: 'string' },
        epochs: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return usage(error.message);
  }
}

const options = parse();
if (options.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
if (
  options.epochs !== undefined &&
  !(Number.isInteger(Number(options.epochs)) && Number(options.epochs) >= 4)
)
  usage(`--epochs ${options.epochs} is not a whole number from 4.`);
// npm runs scripts in the project folder; paths are meant from where the person typed them.
const pyg = options.pyg === undefined ? null : resolve(process.env.INIT_CWD ?? process.cwd(), options.pyg);
if (pyg !== null && !existsSync(join(pyg, 'torch_geometric', '__init__.py')))
  usage(
    `--pyg ${options.pyg} is not a checkout of PyTorch Geometric: it has no torch_geometric/__init__.py.`,
  );

ensureDependencies();
await ensureChromium();
ensurePage();
await bundleNodeBench('training');
await bundleNodeBench('parsing');
await bundleNodeBench('projection');
const escaped = options.only?.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
run(
  process.execPath,
  [
    join(root, 'node_modules/@playwright/test/cli.js'),
    'test',
    '--config',
    'bench/playwright.config.ts',
    ...(escaped === undefined ? [] : ['--grep', escaped]),
  ],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      ...(options.epochs === undefined ? {} : { BENCH_EPOCHS: options.epochs }),
      ...(pyg === null ? {} : { BENCH_PYG: pyg }),
      ...(options.profile ? { BENCH_PROFILE: '1' } : {}),
    },
  },
);
