/** Card of Cora, the standard first benchmark of node classification. */
import { planetoidCard } from './planetoid.ts';

export const cora = planetoidCard({
  id: 'cora',
  title: 'Cora',
  tagline: 'The standard benchmark: tell the topic of machine-learning papers from 140 labelled ones.',
  nodes: 'papers',
  about:
    'Machine-learning papers with 1,433 possible words, 7 topics; an edge means that one paper cites the other, direction left out.',
  counts: { nodes: 2708, edges: 5278, classes: 7, features: 1433 },
});
