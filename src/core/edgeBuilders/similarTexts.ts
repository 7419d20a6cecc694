/** Edges to the k most similar texts by the words they share. */
import type { Column } from '../columns.ts';
import { numNodes } from '../graph.ts';
import { type ParameterSpec, resolveValues, type ValuesOf } from '../parameters.ts';
import { createPace, partOfPace } from './buildPace.ts';
import { chooseRows } from './chosenColumns.ts';
import { distanceWeights, MAX_EDGES_SPEC } from './distanceWeights.ts';
import type { ColumnNeed, EdgeBuilderDescriptor } from './edgeBuilderTypes.ts';
import { sparseNeighbours } from './exactNeighbours.ts';
import { createMeasure } from './metrics.ts';
import {
  checkNeighbourCount,
  K_SPEC,
  lonelyNote,
  neighbourEdges,
  SYMMETRISE_SPEC,
} from './neighbourEdges.ts';
import { termVectors } from './termVectors.ts';

const COLUMNS: ColumnNeed = { kinds: ['text', 'category'], least: 1, most: 1, words: 'one text column' };

const PARAMETERS = [
  K_SPEC,
  SYMMETRISE_SPEC,
  {
    kind: 'integer',
    id: 'minTexts',
    name: 'Rarest word',
    help: 'Words in fewer texts are left out: a word of one text has nothing to match.',
    min: 1,
    max: 1000,
    step: 1,
    default: 2,
    isAdvanced: true,
  },
  {
    kind: 'number',
    id: 'maxTextsRatio',
    name: 'Most common word',
    help: 'Words in a larger share of the texts are left out (never a word of only two texts): they tell none apart and take most of the time.',
    min: 0,
    max: 1,
    step: 0.05,
    default: 0.5,
    isAdvanced: true,
  },
  MAX_EDGES_SPEC,
] as const satisfies readonly ParameterSpec[];

export const similarTexts: EdgeBuilderDescriptor = {
  id: 'similar-texts',
  name: 'Similar texts',
  summary:
    'Joins each node to the k nodes whose texts share the most telling words; weight = cosine of TF-IDF.',
  source:
    'Salton & Buckley 1988, "Term-weighting approaches in automatic text retrieval", https://doi.org/10.1016/0306-4573(88)90021-0',
  parameters: PARAMETERS,
  needs: { columns: COLUMNS, edges: false },
  async build(graph, choice, given, context) {
    const values = resolveValues(PARAMETERS, given) as ValuesOf<typeof PARAMETERS>;
    const pace = createPace(context, 'Comparing texts');
    await pace(0);
    const chosen = chooseRows(graph, choice, COLUMNS);
    const notes = [...chosen.notes];
    const [column] = chosen.columns as [Column];
    const reading = partOfPace(pace, 0, 0.2);
    const terms = await termVectors(column, chosen.rows, chosen.nodes, values, reading, notes);
    const measure = createMeasure(graph, chosen, terms, 'cosine', notes);
    const { nodes } = measure.points;
    checkNeighbourCount(values.k, nodes.length, values.maxEdges);
    const lists = await sparseNeighbours(measure, values.k, partOfPace(pace, 0.2, 1));
    notes.push(...lonelyNote(lists));
    const found = neighbourEdges(lists, nodes, values.symmetrise, values.maxEdges, numNodes(graph));
    return {
      nodeType: chosen.nodeType,
      source: found.source,
      target: found.target,
      weight: distanceWeights(found.value, 'cosine', { weight: 'similarity', sigma: 0 }, notes),
      relation: 'similar',
      directed: values.symmetrise === 'directed',
      notes,
    };
  },
};
