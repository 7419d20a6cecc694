/** What the picture is, how far it can be trusted, and what not to read into it. */
import { HIDDEN_LAYER } from '../../state/projectionSources.ts';
import { useStore } from '../useStore.ts';
import type { Graph } from '../../core/graph.ts';
import classes from './EmbeddingView.module.css';
import { shownProjection } from './shownPoints.ts';

const formatShare = (ratio: number): string => `${Math.round(ratio * 100)}\u00a0%`;

export function Caption({ graph }: { readonly graph: Graph }) {
  const projected = useStore((state) => shownProjection(graph, state));
  const methodName = useStore(
    ({ projection }) => projection.methods.find(({ id }) => id === projection.method)?.name ?? '',
  );
  const explained = useStore(({ run }) => run.snapshot?.explained ?? null);
  if (projected === null) {
    return (
      <p
        className={classes.axes}
        title="The hidden layer on the plane of its two principal components, turned to match the frame before"
      >
        {explained !== null && `2-D PCA shows ${formatShare(explained[0] + explained[1])} of the variance`}
      </p>
    );
  }
  const { space, trust } = projected;
  const { settings, sourceId, sourceName } = space;
  return (
    <p
      className={classes.axes}
      title="Trustworthiness: 1 when all of the 15 nearest points here were among the 15 nearest before; about 0.5 when the picture is noise"
    >
      <span>
        {methodName} of {sourceId === HIDDEN_LAYER ? 'the hidden layer' : sourceName}, {settings}
      </span>
      {trust !== null && <span>Trustworthiness {trust.toFixed(3)}</span>}
      <span>Sizes of clusters and gaps between them are not to scale</span>
    </p>
  );
}
