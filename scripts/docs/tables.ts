/**
 * The tables of README.md that follow from the registries, as Markdown. Pure: `build.mjs` writes them between the
 * page's markers and `readme.test.ts` fails when the page differs.
 */
import type { NumberSpec, ParameterSpec } from '../../src/core/parameters.ts';
import { DATASETS } from '../../src/datasets/index.ts';
import { engineCatalogue } from '../../src/engine/catalogue.ts';
import { EXPORTERS } from '../../src/exporters/index.ts';
import { formats } from '../../src/io/formats/index.ts';

const { tasks, models, metrics } = engineCatalogue();

const escapeCell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeCell).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

const count = (value: number): string => value.toLocaleString('en');

function limits(spec: NumberSpec): string {
  const { min, max, kind } = spec;
  return `${kind === 'integer' ? 'whole number, ' : ''}${min} to ${max}`;
}

function allowed(spec: ParameterSpec): string {
  switch (spec.kind) {
    case 'number':
    case 'integer':
      return limits(spec);
    case 'boolean':
      return 'true or false';
    case 'choice':
      return spec.options.map(({ id }) => `\`${id}\``).join(', ');
    default:
      return spec satisfies never;
  }
}

const nameOf = (entries: readonly { readonly id: string; readonly name: string }[], id: string): string =>
  entries.find((entry) => entry.id === id)?.name ?? id;

function taskTable(): string {
  return table(
    ['Task', 'Id', 'What it does', 'Needs a target', 'Default model', 'Headline metric'],
    tasks.map((task) => [
      task.name,
      `\`${task.id}\``,
      task.summary,
      task.needsTarget ? 'yes' : 'no',
      nameOf(models, task.defaultModel),
      metrics.find(({ key }) => key === task.headline)?.name ?? task.headline,
    ]),
  );
}

function modelTable(): string {
  return table(
    ['Model', 'Id', 'What it does', 'Tasks', 'Source'],
    models.map((model) => [
      model.name,
      `\`${model.id}\``,
      model.summary,
      model.tasks.map((id) => nameOf(tasks, id)).join(', '),
      model.source,
    ]),
  );
}

/** One row per parameter; the default that most models have, and those that differ. */
function parameterTable(): string {
  const rows = new Map<string, { spec: ParameterSpec; defaults: Map<string, string[]> }>();
  for (const { id, parameters } of models) {
    for (const spec of parameters) {
      const row = rows.get(spec.id) ?? { spec, defaults: new Map<string, string[]>() };
      const value = String(spec.default);
      row.defaults.set(value, [...(row.defaults.get(value) ?? []), id]);
      rows.set(spec.id, row);
    }
  }
  return table(
    ['Parameter', 'Id', 'Default', 'Allowed'],
    [...rows.values()].map(({ spec, defaults }) => [
      spec.name,
      `\`${spec.id}\``,
      defaultsText(defaults),
      allowed(spec),
    ]),
  );
}

/** '0.5; 0.6 for gat, gatv2'. A parameter of one or two models names them. */
function defaultsText(defaults: ReadonlyMap<string, readonly string[]>): string {
  const [usual, ...others] = [...defaults].sort(([, a], [, b]) => b.length - a.length);
  const named = ([value, ids]: readonly [string, readonly string[]]): string =>
    `${value} for ${ids.map((id) => `\`${id}\``).join(', ')}`;
  if (usual === undefined) return '';
  const first =
    others.length === 0 && usual[1].length > 2 ? usual[0] : others.length === 0 ? named(usual) : usual[0];
  return [first, ...others.map(named)].join('; ');
}

function taskParameterTable(): string {
  const ids = [...new Set(tasks.flatMap(({ parameters }) => parameters.map(({ id }) => id)))];
  return table(
    ['Parameter', 'Id', 'Default', 'Allowed', 'Meaning'],
    ids.map((id) => {
      const spec = tasks
        .flatMap(({ parameters }) => parameters)
        .find((one) => one.id === id) as ParameterSpec;
      return [spec.name, `\`${id}\``, String(spec.default), allowed(spec), spec.help];
    }),
  );
}

function presetTable(): string {
  return table(
    ['Model', 'Preset', 'What for', 'Settings'],
    models.flatMap((model) =>
      model.presets.map(({ id, summary, parameters }) => [
        `\`${model.id}\``,
        `\`${id}\``,
        summary,
        Object.entries(parameters)
          .map(([key, value]) => `${key} ${value}`)
          .join(', '),
      ]),
    ),
  );
}

function metricTable(): string {
  return table(
    ['Metric', 'Key', 'Meaning'],
    metrics.map(({ key, name, help }) => [name, `\`${key}\``, help]),
  );
}

function formatTable(): string {
  return table(
    ['Format', 'Id', 'What it reads', 'File names end in'],
    formats.all.map(({ name, id, summary, extensions }) => [
      name,
      `\`${id}\``,
      summary,
      extensions.map((extension) => `\`.${extension}\``).join(' '),
    ]),
  );
}

function datasetTable(): string {
  return table(
    ['Data set', 'Nodes', 'Edges', 'Classes', 'Features', 'Where', 'Licence'],
    DATASETS.all.map(({ title, source, counts, kind, licence }) => [
      `[${title}](${source})`,
      count(counts.nodes),
      count(counts.edges),
      count(counts.classes),
      count(counts.features),
      kind === 'bundled' ? 'in this repository' : 'downloaded when opened',
      licence,
    ]),
  );
}

function exporterTable(): string {
  const needs = {
    graph: 'an open graph',
    selection: 'selected nodes, or rows of the table',
    result: 'a finished or stopped run',
    embedding: 'a run with an embedding',
  };
  return table(
    ['Export', 'Id', 'What it writes', 'Needs'],
    EXPORTERS.all.map(({ name, id, summary, needs: need }) => [name, `\`${id}\``, summary, needs[need]]),
  );
}

/** Marker name → Markdown between the markers. */
export function readmeTables(): Readonly<Record<string, string>> {
  return {
    tasks: taskTable(),
    models: modelTable(),
    parameters: parameterTable(),
    'task-parameters': taskParameterTable(),
    presets: presetTable(),
    metrics: metricTable(),
    formats: formatTable(),
    datasets: datasetTable(),
    exporters: exporterTable(),
  };
}

const start = (name: string): string => `<!-- generated:${name} -->`;
const END = '<!-- /generated -->';

/**
 * Returns the page with every table replaced by the current one.
 * @throws {Error} a table has no marker, a marker has no table, or a marker is not closed
 */
export function withTables(page: string, tables: Readonly<Record<string, string>>): string {
  const sections = page.split(/(?=<!-- generated:[\w-]+ -->)/);
  const seen = new Set<string>();
  const updated = sections.map((section) => {
    const name = /^<!-- generated:([\w-]+) -->/.exec(section)?.[1];
    if (name === undefined) return section;
    const content = tables[name];
    if (content === undefined) throw new Error(`README.md has a marker '${name}' that no table belongs to`);
    if (seen.has(name)) throw new Error(`README.md has the marker '${name}' twice`);
    const end = section.indexOf(END);
    if (end < 0) throw new Error(`README.md: the marker '${name}' is not closed by ${END}`);
    seen.add(name);
    return `${start(name)}\n\n${content}\n\n${section.slice(end)}`;
  });
  const missing = Object.keys(tables).filter((name) => !seen.has(name));
  if (missing.length > 0) throw new Error(`README.md has no marker for: ${missing.join(', ')}`);
  return updated.join('');
}
