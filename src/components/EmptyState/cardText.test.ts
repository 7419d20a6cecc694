import { describe, expect, it } from 'vitest';
import type { DatasetCard } from '../../datasets/cardTypes.ts';
import { classesText, originText, sizeText, thumbnailAddress } from './cardText.ts';

const card: DatasetCard = {
  id: 'cora',
  title: 'Cora',
  about: 'Papers that cite each other.',
  tagline: 'Predict the topic of a paper',
  nodes: 'papers',
  edges: 'citations',
  source: '',
  licence: '',
  citation: '',
  counts: { nodes: 2708, edges: 5278, classes: 7, features: 1433 },
  defaultTask: 'node-classification',
  target: 'label',
  kind: 'bundled',
  files: ['nodes.csv'],
};
const gallery: DatasetCard = {
  ...card,
  kind: 'gallery',
  files: ['https://github.com/a/nodes.csv', 'https://github.com/a/edges.csv'],
};

describe('cards', () => {
  it('name sizes in the data set’s own words', () =>
    expect(sizeText(card)).toBe('2,708 papers · 5,278 citations'));

  it('count classes and leave out absent ones', () => {
    const withClasses = (classes: number) => classesText({ ...card, counts: { ...card.counts, classes } });
    expect([0, 1, 7].map(withClasses)).toEqual([null, '1 class', '7 classes']);
  });

  it('say where gallery sets are fetched from, each host once', () => {
    const other: DatasetCard = { ...gallery, files: ['https://example.org/graph.zip'] };
    expect(originText([gallery, other])).toBe('from github.com, example.org');
  });

  it('have a picture when bundled', () =>
    expect([thumbnailAddress(card, './'), thumbnailAddress(gallery, './')]).toEqual([
      './datasets/cora/thumbnail.svg',
      null,
    ]));
});
