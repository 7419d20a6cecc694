/** Card of Zachary's karate club; its table is written by `scripts/datasets/karate.ts`. */
import type { DatasetCard } from './cardTypes.ts';

export const karate: DatasetCard = {
  id: 'karate',
  title: "Zachary's karate club",
  tagline: 'Two labels are enough: tell the side of 32 members from their friendships and the two leaders.',
  nodes: 'members',
  edges: 'friendships',
  about:
    'Members of a university karate club, 1970–1972; an edge means that two members met outside the club.',
  source: 'https://doi.org/10.1086/jar.33.4.3629752',
  licence: 'Published facts, free of copyright',
  citation:
    'W. W. Zachary (1977). An information flow model for conflict and fission in small groups. Journal of Anthropological Research 33, 452–473.',
  counts: { nodes: 34, edges: 78, classes: 2, features: 0 },
  defaultTask: 'node-classification',
  target: 'label',
  kind: 'bundled',
  files: ['nodes.csv', 'edges.csv', 'graph.json'],
};
