/** The command line of the headless runner: one table of options, from which parsing, errors and `--help` follow. */
import { ParameterError } from '../core/errors.ts';
import { nearMatches } from '../core/nearMatches.ts';
import type { ImportOptions } from '../io/importTypes.ts';

export interface CommandLine {
  readonly path: string;
  readonly help: boolean;
  readonly task: string | null;
  readonly target: string | null;
  readonly nodeType: string | null;
  readonly model: string | null;
  readonly split: string | null;
  readonly features: readonly string[] | null;
  readonly edgeWeight: string | null;
  readonly backend: string;
  readonly threads: number | null;
  readonly seeds: readonly number[];
  /** True when `--seeds` was given: the result then carries runs, mean and sd. */
  readonly isSeedList: boolean;
  /** How the graph is read. */
  readonly policies: Pick<ImportOptions, 'direction' | 'missingNodes' | 'duplicateEdges' | 'selfLoops'>;
  readonly out: string | null;
  /** Seconds of hyper-parameter search before the runs; null = none. */
  readonly searchSeconds: number | null;
  /** Folder of an earlier run to go on with. */
  readonly resume: string | null;
  /** Folder of a finished run whose model is applied to PATH. */
  readonly apply: string | null;
  readonly preset: string | null;
  /** Model parameters by id, still text. */
  readonly parameters: Readonly<Record<string, string>>;
}

interface Option {
  readonly name: string;
  readonly value: string;
  readonly help: string;
}

const OPTIONS: readonly Option[] = [
  {
    name: 'task',
    value: 'ID',
    help: 'one of TASKS; default: what the data suggests',
  },
  { name: 'target', value: 'COLUMN', help: 'column to predict; default: the most likely label' },
  { name: 'node-type', value: 'NAME', help: 'node type to predict for, when there are several' },
  { name: 'model', value: 'ID', help: 'one of MODELS; default: the model of the task' },
  { name: 'epochs', value: 'N', help: 'at most this many passes' },
  { name: 'hidden', value: 'N', help: 'hidden units' },
  { name: 'layers', value: 'N', help: 'number of layers' },
  { name: 'lr', value: 'X', help: 'learning rate' },
  { name: 'dropout', value: 'X', help: 'dropout ratio' },
  { name: 'weight-decay', value: 'X', help: 'L2 strength' },
  { name: 'set', value: 'KEY=VALUE', help: 'any other parameter of the model; may be repeated' },
  { name: 'preset', value: 'ID', help: 'a published recipe of the model; other options override it' },
  {
    name: 'split',
    value: 'SPLIT',
    help: 'public, public:K, column:NAME, random:60/20/20, uniform:…, fold:K/N, group:COLUMN:…, time:COLUMN:…, all',
  },
  {
    name: 'features',
    value: 'A,B',
    help: 'columns to learn from; none = structure only; default: every usable one',
  },
  { name: 'edge-weight', value: 'COLUMN', help: 'numeric edge column that weighs messages' },
  { name: 'direction', value: 'WHICH', help: 'auto, directed or undirected' },
  { name: 'missing-nodes', value: 'WHICH', help: 'add or drop edges that name an unknown node' },
  {
    name: 'duplicate-edges',
    value: 'WHICH',
    help: 'keep (default), keep-first or sum-weights of edges between the same nodes',
  },
  { name: 'self-loops', value: 'WHICH', help: 'keep (default) or drop edges from a node to itself' },
  { name: 'seed', value: 'N', help: 'random seed (default 0)' },
  { name: 'seeds', value: 'A..B', help: 'several seeds (0..4 or 0,3,7): prints every run with mean and sd' },
  {
    name: 'search',
    value: 'SECONDS',
    help: 'searches the model’s parameters that long, judged on validation nodes, then runs the best',
  },
  { name: 'resume', value: 'RUN', help: 'goes on with a run that --out wrote; PATH is its data' },
  { name: 'apply', value: 'RUN', help: 'applies the model that --out wrote to the graph at PATH' },
  { name: 'backend', value: 'NAME', help: 'wasm (default here), cpu, webgpu, webgl or auto' },
  { name: 'threads', value: 'N', help: 'kernel threads of the wasm backend' },
  {
    name: 'out',
    value: 'DIR',
    help: 'writes predictions.csv, embeddings.csv, metrics.json, attention.csv (GAT), model.json, model.safetensors, checkpoint.safetensors, run.json',
  },
  { name: 'help', value: '', help: 'shows this' },
];

/** Options that set a model parameter, by the parameter's id. */
const PARAMETER_OPTIONS: Readonly<Record<string, string>> = {
  epochs: 'epochs',
  hidden: 'hidden',
  layers: 'layers',
  lr: 'learningRate',
  dropout: 'dropout',
  'weight-decay': 'weightDecay',
};

/** Returns the help; the ids of tasks and models come from their registries. */
export function helpText(tasks: readonly string[], models: readonly string[]): string {
  const rows = OPTIONS.map(({ name, value, help }) => `  ${`--${name} ${value}`.padEnd(26)}${help}`);
  return [
    'Trains on a graph with the engine of the workbench.',
    '',
    'Usage: npm run train -- PATH [options]',
    '',
    'PATH is a graph file of any format the page opens, a zip, or a folder (nodes.csv, edges.csv, features.svm, graph.json).',
    'Progress goes to stderr; the last line on stdout is one JSON object.',
    '',
    ...rows,
    '',
    `TASKS: ${tasks.join(', ')}`,
    `MODELS: ${models.join(', ')}`,
    '',
    'Exit: 0 done, 1 internal error, 2 bad usage or data, 3 diverged or out of memory, 130 interrupted.',
    '',
  ].join('\n');
}

function refuse(message: string, remedy = 'See npm run train -- --help.'): never {
  throw new ParameterError(message, { code: 'usage', remedy });
}

function nearestOptions(name: string): string {
  const near = nearMatches(
    name,
    OPTIONS.map((option) => option.name),
  );
  return near.length === 0
    ? 'See npm run train -- --help.'
    : `Did you mean ${near.map((known) => `--${known}`).join(', ')}? See npm run train -- --help.`;
}

/** @throws {ParameterError} code `usage`: unknown option, missing value, wrong form */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const values = new Map<string, string>();
  const settings: Record<string, string> = {};
  let path = '';
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] as string;
    if (!word.startsWith('--')) {
      if (path !== '')
        refuse(`Two paths were given: '${path}' and '${word}'.`, 'Give one file, zip or folder.');
      path = word;
      continue;
    }
    const [name = '', inline] = word.slice(2).split(/=(.*)/s, 2);
    const option = OPTIONS.find((candidate) => candidate.name === name);
    if (option === undefined) refuse(`Unknown option '--${name}'.`, nearestOptions(name));
    if (option.value === '') {
      values.set(name, 'true');
      continue;
    }
    const value = inline ?? argv[++at];
    if (value === undefined || (inline === undefined && value.startsWith('--'))) {
      refuse(`Option '--${name}' needs a value (${option.value}).`);
    }
    if (name === 'set') {
      const [key = '', setting] = value.split(/=(.*)/s, 2);
      if (key === '' || setting === undefined) refuse(`'--set ${value}' is not of the form key=value.`);
      settings[key] = setting;
    } else values.set(name, value);
  }
  return assemble(path, values, settings);
}

function assemble(
  path: string,
  values: ReadonlyMap<string, string>,
  settings: Record<string, string>,
): CommandLine {
  const help = values.has('help');
  if (path === '' && !help)
    refuse('No path was given.', 'Name a file, zip or folder: npm run train -- PATH.');
  const parameters: Record<string, string> = { ...settings };
  for (const [option, id] of Object.entries(PARAMETER_OPTIONS)) {
    const value = values.get(option);
    if (value !== undefined) parameters[id] = value;
  }
  const features = values.get('features');
  return {
    path,
    help,
    task: values.get('task') ?? null,
    target: values.get('target') ?? null,
    nodeType: values.get('node-type') ?? null,
    model: values.get('model') ?? null,
    split: values.get('split') ?? null,
    features:
      features === undefined || features === 'auto' ? null : features === 'none' ? [] : features.split(','),
    edgeWeight: values.get('edge-weight') ?? null,
    backend: oneOf('backend', values.get('backend') ?? 'wasm', ['wasm', 'cpu', 'webgpu', 'webgl', 'auto']),
    threads: values.has('threads') ? wholeNumber('threads', values.get('threads') as string, 1, 64) : null,
    seeds: values.has('seeds')
      ? seedList(values.get('seeds') as string)
      : [wholeNumber('seed', values.get('seed') ?? '0', 0, 2 ** 31 - 1)],
    isSeedList: values.has('seeds'),
    policies: {
      direction: oneOf('direction', values.get('direction') ?? 'auto', ['auto', 'directed', 'undirected']),
      missingNodes: oneOf('missing-nodes', values.get('missing-nodes') ?? 'add', ['add', 'drop']),
      duplicateEdges: oneOf('duplicate-edges', values.get('duplicate-edges') ?? 'keep', [
        'keep',
        'keep-first',
        'sum-weights',
      ]),
      selfLoops: oneOf('self-loops', values.get('self-loops') ?? 'keep', ['keep', 'drop']),
    },
    out: values.get('out') ?? null,
    searchSeconds: values.has('search')
      ? wholeNumber('search', values.get('search') as string, 1, 7 * 24 * 3600)
      : null,
    resume: values.get('resume') ?? null,
    apply: values.get('apply') ?? null,
    preset: values.get('preset') ?? null,
    parameters,
  };
}

function oneOf<const Choice extends string>(name: string, value: string, choices: readonly Choice[]): Choice {
  const found = choices.find((choice) => choice === value);
  return found ?? refuse(`'--${name} ${value}' is not known.`, `Use one of: ${choices.join(', ')}.`);
}

function wholeNumber(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max || text.trim() === '') {
    refuse(`'--${name} ${text}' is not a whole number from ${min} to ${max}.`);
  }
  return value;
}

const MAX_SEEDS = 1000;

/** `0..4`, `0,3,7` or one number. */
function seedList(text: string): number[] {
  const range = /^(\d+)\.\.(\d+)$/.exec(text);
  if (range === null) return text.split(',').map((part) => wholeNumber('seeds', part, 0, 2 ** 31 - 1));
  const first = Number(range[1]);
  const last = Number(range[2]);
  if (last < first || last - first >= MAX_SEEDS)
    refuse(`'--seeds ${text}' is not a range of 1 to ${MAX_SEEDS} seeds.`);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
