/** The centre views: an explicit, ordered list. Adding one is its folder and one entry here. */
import { type ComponentType, lazy } from 'react';
import type { ViewTab } from '../state/types.ts';
import { GraphView } from './GraphView/GraphView.tsx';

export interface ViewDescriptor {
  readonly id: ViewTab;
  readonly title: string;
  /** Fetched when first looked at, but for the graph, which every workspace opens with. */
  readonly component: ComponentType;
  /** What has to be there before the view has something to show; until then it says so itself. */
  readonly needs: 'graph' | 'embedding' | 'result';
}

const EmbeddingView = lazy(() =>
  import('./EmbeddingView/EmbeddingView.tsx').then((module) => ({ default: module.EmbeddingView })),
);
const TableView = lazy(() =>
  import('./TableView/TableView.tsx').then((module) => ({ default: module.TableView })),
);
const Evaluation = lazy(() =>
  import('./Evaluation/Evaluation.tsx').then((module) => ({ default: module.Evaluation })),
);

export const VIEWS: readonly ViewDescriptor[] = [
  { id: 'graph', title: 'Graph', component: GraphView, needs: 'graph' },
  { id: 'embedding', title: 'Embedding', component: EmbeddingView, needs: 'embedding' },
  { id: 'table', title: 'Table', component: TableView, needs: 'graph' },
  { id: 'evaluation', title: 'Evaluation', component: Evaluation, needs: 'result' },
];
