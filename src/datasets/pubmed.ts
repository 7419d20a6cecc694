/** Card of PubMed, the largest of the three Planetoid data sets. */
import { planetoidCard } from './planetoid.ts';

export const pubmed = planetoidCard({
  id: 'pubmed',
  title: 'PubMed',
  tagline:
    'Few labels, many papers: tell the kind of diabetes 19,717 papers are about from 60 labelled ones.',
  nodes: 'papers',
  about:
    'Papers on diabetes with 500 weighted words, 3 kinds; an edge means that one paper cites the other, direction left out.',
  counts: { nodes: 19717, edges: 44324, classes: 3, features: 500 },
});
