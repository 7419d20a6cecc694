/** One node type: how many, its columns, and what can be done with its table. */
import type { Column } from '../../core/columns.ts';
import type { TableRef } from '../../core/schema/graphTables.ts';
import type { LoadedGraph } from '../../state/types.ts';
import { formatCount } from '../format/formatNumber.ts';
import { classValues } from '../palette/columnValues.ts';
import { descriptionFor } from '../palette/predictions.ts';
import { useStore } from '../useStore.ts';
import { ColumnList } from './ColumnList.tsx';
import { columnRole } from './columnRole.ts';
import classes from './DataPanel.module.css';
import { TableMenu } from './TableMenu.tsx';

export function NodeTypeSection({ loaded, type }: { readonly loaded: LoadedGraph; readonly type: number }) {
  const { graph } = loaded;
  const setup = useStore((state) => state.setup);
  const description = useStore((state) => descriptionFor(graph, state.run));
  const nodeType = graph.nodeTypes[type];
  if (nodeType === undefined) return null;
  const name = nodeType.name;
  const title = name === '' ? 'nodes' : name;
  const count = (graph.nodeTypePtr[type + 1] as number) - (graph.nodeTypePtr[type] as number);
  const isPredicted = name === (setup.nodeType ?? graph.nodeTypes[0]?.name);
  const scale = setup.target === null ? null : (classValues(graph, setup.target)?.scale ?? null);
  const table: TableRef = { kind: 'nodes', type: name };
  const roleOf = (column: Column) => columnRole(column, name, isPredicted, setup, description);
  return (
    <section className={classes.section} aria-label={`Nodes ${name}`}>
      <div className={classes.head}>
        <h2 className={classes.type}>
          <span aria-hidden className={classes.nodeMark} />
          <span className={classes.typeName}>{title}</span>
          <span className={classes.count}>{formatCount(count)}</span>
        </h2>
        <TableMenu
          label={`Actions for ${title}`}
          items={[
            { name: 'Derive a column…', dialog: { kind: 'derive', nodeType: name } },
            { name: 'Formula…', dialog: { kind: 'formula', table } },
            { name: 'Build edges…', dialog: { kind: 'build-edges', nodeType: name } },
            { name: 'Rename…', dialog: { kind: 'rename-node-type', name } },
          ]}
        />
      </div>
      {nodeType.columns.length === 0 && (
        <p className={classes.muted}>No columns: a model sees only the structure.</p>
      )}
      <ColumnList
        loaded={loaded}
        table={table}
        tableName={title}
        columns={nodeType.columns}
        roleOf={roleOf}
        scaleOf={(column) => (isPredicted && column.name === setup.target ? scale : null)}
      />
    </section>
  );
}
