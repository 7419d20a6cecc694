/** Card of CiteSeer; 15 of its papers cite nothing and have no words, they are listed in `ind.citeseer.test.index` gaps. */
import { planetoidCard } from './planetoid.ts';

export const citeseer = planetoidCard({
  id: 'citeseer',
  title: 'CiteSeer',
  tagline: 'Sparser than Cora: tell the field of computer-science papers from 120 labelled ones.',
  nodes: 'papers',
  about:
    'Computer-science papers with 3,703 possible words, 6 fields; an edge means that one paper cites the other, direction left out.',
  counts: { nodes: 3327, edges: 4552, classes: 6, features: 3703 },
});
