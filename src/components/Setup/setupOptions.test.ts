import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../core/graphBuilder.ts';
import type { CategoryColumn, F32Column } from '../../core/columns.ts';
import { utf8Table } from '../../core/utf8Table.ts';
import {
  edgeWeightOptions,
  featureOptions,
  featuresOf,
  featureValue,
  modelGroups,
  splitOptions,
  targetOptions,
} from './setupOptions.ts';
import type { EngineCatalogue } from '../../engine/runTypes.ts';

const category = (name: string, codes: readonly number[], dictionary: readonly string[]): CategoryColumn => ({
  kind: 'category',
  name,
  length: codes.length,
  validity: null,
  codes: Int32Array.from(codes),
  dictionary,
});
const numbers = (name: string, values: readonly number[]): F32Column => ({
  kind: 'f32',
  name,
  length: values.length,
  validity: null,
  values: Float32Array.from(values),
});
const graph = buildGraph({
  name: 'papers',
  nodeTables: [
    {
      type: 'paper',
      count: 4,
      columns: [
        category('label', [0, 1, 0, 1], ['a', 'b']),
        category('split', [0, 1, 2, 2], ['train', 'val', 'test']),
        numbers('year', [1, 2, 3, 4]),
      ],
    },
  ],
  nodeIds: utf8Table(['1', '2', '3', '4']),
  edgeTypes: [{ relation: '', sourceType: 0, targetType: 0, directed: false }],
  source: Int32Array.of(0),
  target: Int32Array.of(1),
  edgeType: null,
  edgeColumns: [numbers('strength', [2])],
});

describe('setupOptions', () => {
  it('offers label columns as targets, and keeps a chosen column that is not a candidate', () => {
    const optionsOf = (target: string | null) =>
      targetOptions(graph, { task: 'node-classification', nodeType: 'paper', target });
    expect(optionsOf(null)).toEqual([{ value: 'label', label: 'label' }]);
    expect(optionsOf('year').map((option) => option.value)).toEqual(['label', 'year']);
    expect(optionsOf('label,year').at(-1)).toEqual({ value: 'label,year', label: 'label, year' });
  });

  it('offers columns of numbers to the task that predicts them', () => {
    const setup = { task: 'node-regression', nodeType: 'paper', target: null };
    expect(targetOptions(graph, setup).map((option) => option.value)).toEqual(['year']);
  });

  it('keeps a split that is not in the list as it is written', () => {
    const options = splitOptions(graph, { nodeType: 'paper', split: 'random:50/25/25' });
    expect(options.at(-1)).toEqual({ value: 'random:50/25/25', label: 'random:50/25/25' });
    expect(options[0]?.value).toBe('public');
  });

  it('offers models that serve task and target, under headings', () => {
    const model = (id: string, family: string, structure: boolean, outputs: readonly string[]) => ({
      id,
      name: id.toUpperCase(),
      summary: `About ${id}`,
      family,
      tasks: ['node-classification', 'node-regression'],
      uses: { structure, features: true },
      outputs,
    });
    const every = ['classes', 'labels', 'value'];
    const catalogue = {
      tasks: [],
      models: [
        model('gcn', 'gnn', true, every),
        { ...model('rotate', 'gnn', true, every), tasks: ['kg-completion'] },
        model('mlp', 'classical', false, every),
        model('smooth', 'classical', true, ['classes']),
        model('new', 'unheard-of', true, every),
      ],
    } as unknown as EngineCatalogue;
    const headings = (task: string, target: string) =>
      modelGroups(catalogue, graph, { task, nodeType: 'paper', target }).map(
        ({ group, items }) => `${group}: ${items.map((item) => item.value).join(', ')}`,
      );
    expect(headings('node-classification', 'label')).toEqual([
      'Graph networks: gcn',
      'Fast: smooth',
      'Features only: mlp',
      'Others: new',
    ]);
    expect(headings('node-regression', 'year')).toEqual([
      'Graph networks: gcn',
      'Features only: mlp',
      'Others: new',
    ]);
    expect(modelGroups(catalogue, null, { task: 'kg-completion', nodeType: null, target: null })).toEqual([
      { group: 'Graph networks', items: [{ value: 'rotate', label: 'ROTATE', summary: 'About rotate' }] },
    ]);
  });

  it.each([['auto'], [[]], [['year']]] as const)(
    'reads features %j back from their menu value',
    (features) => {
      expect(featuresOf(featureValue(features), ['other'])).toEqual(features);
    },
  );

  it('shows several chosen columns as one entry and leaves them when it is chosen again', () => {
    const features = ['year', 'split'];
    expect(featureOptions(graph, { nodeType: 'paper', target: 'label', features }).at(-1)).toEqual({
      value: 'several',
      label: 'year, split',
    });
    expect(featuresOf('several', features)).toBe(features);
  });

  it('offers numeric edge columns as weights', () =>
    expect(edgeWeightOptions(graph).map((option) => option.label)).toEqual(['None', 'strength']));
});
