import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../core/graphBuilder.ts';
import type { CategoryColumn, F32Column } from '../../core/columns.ts';
import { utf8Table } from '../../core/utf8Table.ts';
import {
  edgeWeightOptions,
  featureOptions,
  featuresOf,
  featureValue,
  modelOptions,
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
    expect(targetOptions(graph, { nodeType: 'paper', target: null }).map((option) => option.value)).toEqual([
      'label',
    ]);
    expect(targetOptions(graph, { nodeType: 'paper', target: 'year' }).map((option) => option.value)).toEqual(
      ['label', 'year'],
    );
  });

  it('keeps a split that is not in the list as it is written', () => {
    const options = splitOptions(graph, { nodeType: 'paper', split: 'random:50/25/25' });
    expect(options.at(-1)).toEqual({ value: 'random:50/25/25', label: 'random:50/25/25' });
    expect(options[0]?.value).toBe('public');
  });

  it('offers models that serve the task', () => {
    const catalogue = {
      models: [
        { id: 'gcn', name: 'GCN', tasks: ['node-classification'] },
        { id: 'rotate', name: 'RotatE', tasks: ['kg-completion'] },
      ],
    } as unknown as EngineCatalogue;
    expect(modelOptions(catalogue, 'node-classification')).toEqual([{ value: 'gcn', label: 'GCN' }]);
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
