import { describe, expect, it } from 'vitest';
import type { DatasetCard } from '../../datasets/cardTypes.ts';
import { downloadText, sizeText, thumbnailAddress } from './cardText.ts';

const card: DatasetCard = {
  id: 'cora',
  title: 'Cora',
  about: '',
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

describe('cards', () => {
  it('name sizes in the data set’s own words and leave out absent classes', () => {
    expect([sizeText(card), sizeText({ ...card, counts: { ...card.counts, classes: 0 } })]).toEqual([
      '2,708 papers · 5,278 citations · 7 classes',
      '2,708 papers · 5,278 citations',
    ]);
  });

  it('say where a gallery set is downloaded from, each host once', () => {
    const gallery: DatasetCard = {
      ...card,
      kind: 'gallery',
      files: ['https://github.com/a/nodes.csv', 'https://github.com/a/edges.csv'],
    };
    expect([downloadText(card), downloadText(gallery)]).toEqual([
      null,
      'Downloads from github.com when opened',
    ]);
    expect([thumbnailAddress(card, './'), thumbnailAddress(gallery, './')]).toEqual([
      './datasets/cora/thumbnail.svg',
      null,
    ]);
  });
});
