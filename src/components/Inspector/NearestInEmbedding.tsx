/** The nodes nearest in the embedding, beside the graph's neighbours: where learning and links agree. */
import { useMemo } from 'react';
import { type Graph, nodeId } from '../../core/graph.ts';
import { ClassSwatch } from '../ClassSwatch/ClassSwatch.tsx';
import { shownProjection } from '../EmbeddingView/shownPoints.ts';
import { classColour } from '../palette/columnValues.ts';
import { useTargetValues } from '../palette/useTargetValues.ts';
import { useCommands, useStore } from '../useStore.ts';
import { embeddingNeighbours } from './embeddingNeighbours.ts';
import classes from './Inspector.module.css';

export function NearestInEmbedding({ graph, node }: { readonly graph: Graph; readonly node: number }) {
  const commands = useCommands();
  const labels = useTargetValues();
  const result = useStore((state) => state.run.result);
  const description = useStore((state) => state.run.description);
  const space = useStore((state) => shownProjection(graph, state)?.space ?? null);
  const near = useMemo(
    () => embeddingNeighbours(graph, node, space, { result, description }),
    [graph, node, space, result, description],
  );
  if (near === null) return null;
  const { nodes, isLinked } = near;
  const agreeing = isLinked?.filter(Boolean).length ?? null;
  return (
    <section className={classes.section} aria-label="Nearest in the embedding">
      <h3 className={classes.heading}>
        Nearest in {near.space}
        {agreeing !== null && (
          <span className={classes.muted}>
            {agreeing} of {nodes.length} linked
          </span>
        )}
      </h3>
      <ul className={classes.neighbours}>
        {nodes.map((other, at) => {
          const code = labels?.codes[other] ?? -1;
          return (
            <li key={other}>
              <button type="button" className={classes.neighbour} onClick={() => commands.select([other])}>
                <span className={classes.neighbourId}>{nodeId(graph, other)}</span>
                {isLinked?.[at] === true && <span className={classes.direction}>linked</span>}
                {labels !== null && code >= 0 && (
                  <span className={classes.neighbourClass}>
                    <ClassSwatch colour={classColour(labels.scale, code)} />
                    {labels.scale.names[code]}
                  </span>
                )}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
