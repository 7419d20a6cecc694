/** What the three citation data sets of the Planetoid collection share: where their eight files lie and whom to cite. */
import type { DatasetCard } from './cardTypes.ts';

const ADDRESS = 'https://raw.githubusercontent.com/kimiyoung/planetoid/master/data';
const PARTS = ['x', 'tx', 'allx', 'y', 'ty', 'ally', 'graph', 'test.index'];

/** Returns the card of one Planetoid data set; its files are fetched from GitHub when somebody opens it. */
export function planetoidCard(
  own: Pick<DatasetCard, 'id' | 'title' | 'tagline' | 'nodes' | 'about' | 'counts'>,
): DatasetCard {
  return {
    ...own,
    edges: 'citations',
    source: 'https://github.com/kimiyoung/planetoid',
    licence: 'No explicit licence; published for research by LINQS (University of Maryland)',
    citation:
      'P. Sen et al. (2008). Collective classification in network data. AI Magazine 29(3). Split: Z. Yang, W. Cohen, R. Salakhutdinov (2016). Revisiting semi-supervised learning with graph embeddings. ICML.',
    defaultTask: 'node-classification',
    target: 'label',
    kind: 'gallery',
    files: PARTS.map((part) => `${ADDRESS}/ind.${own.id}.${part}`),
  };
}
