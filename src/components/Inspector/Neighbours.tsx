/** The neighbours of a node as buttons: the keyboard and screen-reader path through the graph. */
import { useMemo } from 'react';
import { type Graph, nodeId, numEdges } from '../../core/graph.ts';
import { ClassSwatch } from '../ClassSwatch/ClassSwatch.tsx';
import { formatCount, formatQuantity, formatValue } from '../format/formatNumber.ts';
import { classColour } from '../palette/columnValues.ts';
import { shareOf, trueNumber } from '../palette/numberPredictions.ts';
import { cssOf, rampColour } from '../palette/palette.ts';
import { useTargetNumbers } from '../palette/useTargetNumbers.ts';
import { useTargetValues } from '../palette/useTargetValues.ts';
import { useCommands } from '../useStore.ts';
import classes from './Inspector.module.css';
import { type Neighbour, neighbourhoodOf } from './nodeFacts.ts';

const MAX_SHOWN = 50;
const ARROWS: Record<Neighbour['direction'], string> = { to: '→', from: '←', with: '–' };

export function Neighbours({ graph, node }: { readonly graph: Graph; readonly node: number }) {
  const commands = useCommands();
  const labels = useTargetValues();
  const numbers = useTargetNumbers();
  const around = useMemo(() => neighbourhoodOf(graph, node, MAX_SHOWN), [graph, node]);
  if (around === null) {
    return (
      <p className={classes.section}>
        Neighbours are not listed in a graph of {formatCount(numEdges(graph))} edges: looking them up would
        stall the tab.
      </p>
    );
  }
  const hidden = around.numNeighbours - around.neighbours.length;
  return (
    <section className={classes.section} aria-label="Neighbours">
      <h3 className={classes.heading}>
        {formatQuantity(around.numNeighbours, 'neighbour')}
        <span className={classes.muted}>degree {formatCount(around.degree)}</span>
      </h3>
      <ul className={classes.neighbours}>
        {around.neighbours.map((neighbour) => {
          const code = labels?.codes[neighbour.node] ?? -1;
          const value = trueNumber(numbers, neighbour.node);
          return (
            <li key={neighbour.node}>
              <button
                type="button"
                className={classes.neighbour}
                onClick={() => commands.select([neighbour.node])}
              >
                <span className={classes.direction}>
                  {ARROWS[neighbour.direction]} {neighbour.relation}
                </span>
                <span className={classes.neighbourId}>{nodeId(graph, neighbour.node)}</span>
                {numbers !== null && value !== null && (
                  <span className={classes.neighbourClass}>
                    <ClassSwatch colour={cssOf(rampColour(shareOf(numbers, value)))} />
                    {formatValue(value)}
                  </span>
                )}
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
      {hidden > 0 && <p className={classes.muted}>and {formatCount(hidden)} more</p>}
    </section>
  );
}
