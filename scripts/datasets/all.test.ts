/** public/datasets/ holds exactly what the scripts write, and the facts in it agree with independent copies. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { edgeHomophily } from '../../src/core/graphMetrics/homophily.ts';
import type { DatasetCard } from '../../src/datasets/cardTypes.ts';
import { DATASETS } from '../../src/datasets/index.ts';
import { buildAllDatasets } from './all.ts';
import { parseCsv } from './vegaDatasets.ts';

const FOLDER = resolve(process.cwd(), 'public/datasets');
const CLASSIC = resolve(process.cwd(), '../shared/datasets/classic-graphs');
const built = await buildAllDatasets();
const filesOf = (id: string): Readonly<Record<string, string>> =>
  built.find((item) => item.card.id === id)?.files ?? {};
const tableOf = (id: string, name: string): Record<string, string>[] => parseCsv(filesOf(id)[name] ?? '');

describe('public/datasets', () => {
  it('has one folder per bundled card and nothing else', () => {
    const cards = DATASETS.all.filter((card) => card.kind === 'bundled').map((card) => card.id);
    expect(readdirSync(FOLDER).sort()).toEqual([...cards].sort());
    expect(built.map((item) => item.card.id).sort()).toEqual([...cards].sort());
  });

  it.each(built)('$card.id is what its script writes', ({ card, files }) => {
    expect(readdirSync(resolve(FOLDER, card.id)).sort()).toEqual(Object.keys(files).sort());
    for (const [name, text] of Object.entries(files)) {
      // The picture's last digit follows Math.sin and friends, which differ between versions of Node.
      if (name === 'thumbnail.svg') continue;
      expect(readFileSync(resolve(FOLDER, card.id, name), 'utf8') === text, `${card.id}/${name}`).toBe(true);
    }
  });

  it.each(built)(
    '$card.id: card.json has the card, true counts and hashes, and every file is small',
    ({ card, files }) => {
      const { sha256, ...written } = JSON.parse(files['card.json'] ?? '') as DatasetCard & {
        sha256: Record<string, string>;
      };
      expect(written).toEqual(DATASETS.get(card.id));
      for (const name of card.files) {
        expect(sha256[name]).toBe(
          createHash('sha256')
            .update(readFileSync(resolve(FOLDER, card.id, name)))
            .digest('hex'),
        );
      }
      const nodes = tableOf(card.id, 'nodes.csv');
      expect(readFileSync(resolve(FOLDER, card.id, 'thumbnail.svg'), 'utf8')).toMatch(/^<svg .*<\/svg>\n$/s);
      const words = (files['features.svm'] ?? '').matchAll(/ (\d+):1/g);
      expect({
        nodes: new Set(nodes.map((row) => row.id)).size,
        edges: tableOf(card.id, 'edges.csv').length,
        classes: new Set(nodes.map((row) => row.label).filter((label) => label !== '')).size,
        features: Math.max(0, ...[...words].map((match) => Number(match[1]))),
      }).toEqual(card.counts);
      for (const text of Object.values(files)) expect(text.length).toBeLessThan(500_000);
    },
  );
});

describe('karate', () => {
  const edges = tableOf('karate', 'edges.csv').map((row) => [Number(row.source), Number(row.target)]);
  const key = (pairs: number[][]): string[] =>
    pairs.map((pair) => pair.sort((a, b) => a - b).join('-')).sort();

  it.skipIf(!existsSync(CLASSIC))('has the edges of the KONECT copy', () => {
    const rows = readFileSync(resolve(CLASSIC, 'out.ucidata-zachary'), 'utf8')
      .split('\n')
      .filter((line) => /^\d/.test(line))
      .map((line) => line.trim().split(/\s+/).map(Number));
    expect(key(edges)).toEqual(key(rows));
  });

  it.skipIf(!existsSync(CLASSIC))(
    'has the factions of the copy with ground truth, whatever its numbering',
    () => {
      const text = readFileSync(resolve(CLASSIC, 'karate_gt.gml'), 'utf8');
      const truth = new Map(
        [...text.matchAll(/id (\d+)\s+label "[^"]*"\s+gt "(\d)"/g)].map((m) => [Number(m[1]), m[2]]),
      );
      const ends = [...text.matchAll(/source (\d+)\s+target (\d+)/g)].map((m) => [
        Number(m[1]),
        Number(m[2]),
      ]);
      const ours = new Map(
        tableOf('karate', 'nodes.csv').map((row) => [Number(row.id), row.label === 'Mr. Hi' ? '1' : '2']),
      );
      expect(signature(edges, ours)).toEqual(signature(ends, truth));
    },
  );

  it('labels only the two leaders for training', () => {
    const train = tableOf('karate', 'nodes.csv').filter((row) => row.split === 'train');
    expect(train.map((row) => [row.id, row.label])).toEqual([
      ['1', 'Mr. Hi'],
      ['34', 'Officer'],
    ]);
  });
});

/** Per node: faction, degree and the sorted factions and degrees of its neighbours; the same for relabelled graphs. */
function signature(edges: number[][], faction: ReadonlyMap<number, string | undefined>): string[] {
  const neighbours = new Map<number, number[]>();
  for (const [a, b] of edges as [number, number][]) {
    neighbours.set(a, [...(neighbours.get(a) ?? []), b]);
    neighbours.set(b, [...(neighbours.get(b) ?? []), a]);
  }
  const own = (node: number): string => `${faction.get(node)}/${neighbours.get(node)?.length}`;
  return [...neighbours].map(([node, list]) => `${own(node)}: ${list.map(own).sort().join(' ')}`).sort();
}

describe('les-miserables', () => {
  it.skipIf(!existsSync(CLASSIC))('has as many characters and co-appearances as the graphology copy', () => {
    const copy = JSON.parse(readFileSync(resolve(CLASSIC, 'les-miserables.graphology.json'), 'utf8')) as {
      nodes: unknown[];
      edges: unknown[];
    };
    const { nodes, edges } = DATASETS.get('les-miserables').counts;
    expect([nodes, edges]).toEqual([copy.nodes.length, copy.edges.length]);
  });
});

describe('us-flights', () => {
  it('has airports under their region, and nine without one', () => {
    const nodes = tableOf('us-flights', 'nodes.csv');
    expect(nodes.filter((row) => row.label === '').map((row) => row.id)).toEqual([
      'BQN',
      'CLD',
      'HHH',
      'MQT',
      'PSE',
      'SCE',
      'SJU',
      'STT',
      'STX',
    ]);
    const regionOf = Object.fromEntries(nodes.map((row) => [row.id, row.label]));
    expect([regionOf.ATL, regionOf.ORD, regionOf.JFK, regionOf.LAX]).toEqual([
      'South',
      'Midwest',
      'Northeast',
      'West',
    ]);
  });
});

describe('citation-sbm', () => {
  const nodes = tableOf('citation-sbm', 'nodes.csv');
  const edges = tableOf('citation-sbm', 'edges.csv');

  it('has the public split: 20 per topic, 500, 1,000', () => {
    const count = (split: string): number => nodes.filter((row) => row.split === split).length;
    expect([count('train'), count('val'), count('test'), count('none')]).toEqual([160, 500, 1000, 1340]);
    const perTopic = Array.from(
      { length: 8 },
      (_, topic) => nodes.filter((row) => row.split === 'train' && row.label === `Topic ${topic + 1}`).length,
    );
    expect(perTopic).toEqual(Array(8).fill(20));
  });

  it('has the homophily its description states', () => {
    const topic = Int32Array.from(nodes, (row) => Number(row.label?.replace('Topic ', '')));
    const end = (name: string): Int32Array => Int32Array.from(edges, (row) => Number(row[name]) - 1);
    const { edgeHomophilyRatio } = edgeHomophily(end('source'), end('target'), topic);
    expect(edgeHomophilyRatio).toBeGreaterThan(0.75);
    expect(edgeHomophilyRatio).toBeLessThan(0.85);
  });
});
