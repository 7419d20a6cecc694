/** Co-appearances of the characters of Les Misérables, from vega-datasets' miserables.json: nothing added, nothing left out. */
import { lesMiserables } from '../../src/datasets/lesMiserables.ts';
import { type BuiltDataset, builtDataset, csvText, jsonText } from './datasetFiles.ts';
import { vegaDataFile } from './vegaDatasets.ts';

interface MiserablesFile {
  readonly nodes: readonly { readonly name: string; readonly group: number }[];
  readonly links: readonly { readonly source: number; readonly target: number; readonly value: number }[];
}

export function buildLesMiserables(): BuiltDataset {
  const { nodes, links } = JSON.parse(vegaDataFile('miserables.json')) as MiserablesFile;
  const nameAt = (index: number): string => nodes[index]?.name as string;
  return builtDataset(lesMiserables, {
    'nodes.csv': csvText(
      ['id', 'label'],
      nodes.map((node) => [node.name, node.group]),
    ),
    'edges.csv': csvText(
      ['source', 'target', 'weight'],
      links.map((link) => [nameAt(link.source), nameAt(link.target), link.value]),
    ),
    'graph.json': jsonText({ directed: false, task: 'node-classification', target: 'label' }),
  });
}
