/** Everything known about the focused node: what it is, what the model thinks of it, its attributes and neighbours. */
import { nodeId } from '../../core/graph.ts';
import { formatCount, MISSING } from '../format/formatNumber.ts';
import { useStore } from '../useStore.ts';
import { useVisibleGraph } from '../useVisibleGraph.ts';
import { Judgement } from './Judgement.tsx';
import classes from './Inspector.module.css';
import { NearestInEmbedding } from './NearestInEmbedding.tsx';
import { Neighbours } from './Neighbours.tsx';
import { attributesOf, rowOf } from './nodeFacts.ts';
import { useSelectionCount } from './useSelectionCount.ts';

const MAX_ATTRIBUTES = 60;

export function Inspector() {
  const graph = useVisibleGraph();
  const focused = useStore((state) => state.selection.focused);
  const numSelected = useSelectionCount();
  if (graph === null) return null;
  if (focused === null || focused >= graph.nodeIds.length) {
    return (
      <p className={classes.teach}>
        Select a node in the graph, the embedding or the table to see its attributes, its neighbours and what
        the model says about it.
      </p>
    );
  }
  const { type, columns } = rowOf(graph, focused);
  const typeName = graph.nodeTypes[type]?.name ?? '';
  const attributes = attributesOf(graph, focused, MAX_ATTRIBUTES);
  return (
    <div className={classes.panel}>
      <div className={classes.section}>
        <h2 className={classes.title}>
          {typeName === '' ? 'node' : typeName} <span className={classes.id}>{nodeId(graph, focused)}</span>
        </h2>
        {numSelected > 1 && <p className={classes.muted}>last of {formatCount(numSelected)} selected</p>}
      </div>
      <Judgement graph={graph} node={focused} />
      {attributes.length > 0 && (
        <section className={classes.section} aria-label="Attributes">
          <table className={classes.attributes}>
            <tbody>
              {attributes.map((attribute) => (
                <tr key={attribute.name}>
                  <th scope="row">{attribute.name}</th>
                  <td>{attribute.text === '' ? MISSING : attribute.text}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {columns.length > MAX_ATTRIBUTES && (
            <p className={classes.muted}>and {formatCount(columns.length - MAX_ATTRIBUTES)} more columns</p>
          )}
        </section>
      )}
      <Neighbours graph={graph} node={focused} />
      <NearestInEmbedding graph={graph} node={focused} />
    </div>
  );
}
