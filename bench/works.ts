/**
 * The trainings that are timed: model, recipe, graph and number of epochs. The same list serves Node, the browser worker
 * and the profile; baselines and targets are in baselines.ts.
 */
import type { ParameterValues } from '../src/core/parameters.ts';
import type { RandomGraphSize } from './randomGraph.ts';

export interface TrainingWork {
  /** As the command line names it: `big-gcn-64`. */
  readonly name: string;
  /** As the table says it. */
  readonly title: string;
  readonly model: string;
  /** Beside the model's defaults; early stopping is always off. */
  readonly parameters: ParameterValues;
  /** `citations` = Cora, or the bundled example where Cora is absent. */
  readonly graph: 'citations' | RandomGraphSize;
  readonly epochs: number;
}

/** Of ogbn-arxiv's size: the recipe of the recorded baseline. */
const ARXIV_SIZE: RandomGraphSize = { nodes: 169_343, edges: 1_166_243, features: 128, classes: 40 };

const bigGcn = (hidden: number): TrainingWork => ({
  name: `big-gcn-${hidden}`,
  title: `GCN of 3 layers, hidden ${hidden}`,
  model: 'gcn',
  parameters: {
    layers: 3,
    hidden,
    dropInputs: false,
    dropout: 0.5,
    learningRate: 0.01,
    weightDecay: 0,
    scaling: 'none',
    batching: 'full',
  },
  graph: ARXIV_SIZE,
  epochs: 6,
});

/** Average degree 10, 64 dense features, the model's own defaults. */
const scaling = (name: string, edges: number, epochs: number): TrainingWork => ({
  name: `scaling-${name}`,
  title: `GCN 2 × 16 over ${name} edges`,
  model: 'gcn',
  parameters: { scaling: 'none', batching: 'full' },
  graph: { nodes: edges / 5, edges, features: 64, classes: 10 },
  epochs,
});

const citations = (
  name: string,
  title: string,
  epochs: number,
  parameters: ParameterValues = {},
): TrainingWork => ({
  name: `cora-${name}`,
  title,
  model: name,
  parameters,
  graph: 'citations',
  epochs,
});

export const WORKS: readonly TrainingWork[] = [
  citations('gcn', 'GCN 2 × 16', 600),
  citations('gat', 'GAT 8 × 8', 300),
  citations('mlp', 'MLP, hidden 64', 300),
  citations('sgc', 'SGC, 2 hops', 600),
  citations('sign', 'SIGN, hops 0 to 3, hidden 64 in all', 300, { hidden: 16 }),
  citations('sage', 'SAGE 2 × 16', 200, { hidden: 16 }),
  citations('appnp', 'APPNP, 10 steps, hidden 64', 200),
  citations('gcnii', 'GCNII, 16 layers of 64', 100),
  bigGcn(64),
  bigGcn(256),
  scaling('10k', 10_000, 300),
  scaling('100k', 100_000, 100),
  scaling('1M', 1_000_000, 20),
  scaling('5M', 5_000_000, 10),
];

export function workNamed(name: string): TrainingWork {
  const work = WORKS.find((candidate) => candidate.name === name);
  if (work === undefined)
    throw new Error(`no work '${name}'; there is ${WORKS.map((known) => known.name).join(', ')}`);
  return work;
}
