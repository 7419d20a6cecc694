/** Card of the co-appearances in Les Misérables; its tables are written by `scripts/datasets/lesMiserables.ts`. */
import type { DatasetCard } from './cardTypes.ts';

export const lesMiserables: DatasetCard = {
  id: 'les-miserables',
  title: 'Les Misérables',
  tagline: 'Find the circles of a novel: tell which group a character belongs to from the company they keep.',
  nodes: 'characters',
  edges: 'co-appearances',
  about:
    'Characters of the novel, labelled with the group of the source’s community analysis; an edge means that two appear in one chapter, its weight in how many.',
  source: 'https://www-cs-faculty.stanford.edu/~knuth/sgb.html',
  licence: 'Facts published by D. E. Knuth and M. E. J. Newman, as packaged in vega-datasets (BSD-3-Clause)',
  citation:
    'D. E. Knuth (1993). The Stanford GraphBase: A Platform for Combinatorial Computing. Addison-Wesley.',
  counts: { nodes: 77, edges: 254, classes: 11, features: 0 },
  defaultTask: 'node-classification',
  target: 'label',
  kind: 'bundled',
  files: ['nodes.csv', 'edges.csv', 'graph.json'],
};
