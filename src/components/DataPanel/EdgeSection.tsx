/** The edges: each type with its ends and number, the columns of the one edge table; or the way to get some. */
import { Button } from '@mantine/core';
import { numEdges } from '../../core/graph.ts';
import type { SchemaDialog } from '../../state/schemaTypes.ts';
import type { LoadedGraph } from '../../state/types.ts';
import { formatCount, formatQuantity } from '../format/formatNumber.ts';
import { useCommands } from '../useStore.ts';
import { ColumnList } from './ColumnList.tsx';
import classes from './DataPanel.module.css';
import { TableMenu } from './TableMenu.tsx';

/** A knowledge graph has a thousand relations; the list is cut and says so. */
const MAX_SHOWN = 60;

export function EdgeSection({ loaded }: { readonly loaded: LoadedGraph }) {
  const { graph } = loaded;
  const types = Array.from({ length: Math.min(graph.edgeTypes.length, MAX_SHOWN) }, (_, type) => type);
  return (
    <section className={classes.section} aria-label="Edges">
      {numEdges(graph) === 0 && <NoEdges nodeType={graph.nodeTypes[0]?.name ?? ''} />}
      {numEdges(graph) > 0 && types.map((type) => <EdgeType key={type} loaded={loaded} type={type} />)}
      {graph.edgeTypes.length > types.length && (
        <p className={classes.muted}>
          and {formatQuantity(graph.edgeTypes.length - types.length, 'more relation')}
        </p>
      )}
      {graph.edgeColumns.length > 0 && (
        <ColumnList
          loaded={loaded}
          table={{ kind: 'edges' }}
          tableName="edges"
          columns={graph.edgeColumns}
          roleOf={() => null}
          scaleOf={() => null}
        />
      )}
    </section>
  );
}

function EdgeType({ loaded, type }: { readonly loaded: LoadedGraph; readonly type: number }) {
  const { graph } = loaded;
  const { relation, sourceType, targetType, directed } = graph.edgeTypes;
  const name = relation[type] ?? '';
  const title = name === '' ? 'edges' : name;
  const count = (graph.edgeTypePtr[type + 1] as number) - (graph.edgeTypePtr[type] as number);
  const typeName = (index: number | undefined): string => graph.nodeTypes[index as number]?.name ?? '';
  const ends = `${typeName(sourceType[type])} ${directed[type] === 1 ? '→' : '–'} ${typeName(targetType[type])}`;
  const items: { readonly name: string; readonly dialog: SchemaDialog }[] = [
    { name: 'Rename…', dialog: { kind: 'rename-relation', name } },
    { name: 'Formula over edges…', dialog: { kind: 'formula', table: { kind: 'edges' } } },
    { name: 'Build edges…', dialog: { kind: 'build-edges', nodeType: typeName(sourceType[type]) } },
  ];
  return (
    <div>
      <div className={classes.head}>
        <h2 className={classes.type}>
          <span aria-hidden className={classes.edgeMark} />
          <span className={classes.typeName}>{title}</span>
          <span className={classes.count}>{formatCount(count)}</span>
        </h2>
        <TableMenu label={`Actions for relation ${title}`} items={items} />
      </div>
      <p className={classes.muted}>
        {graph.nodeTypes.length > 1 ? `${ends}, ` : ''}
        {directed[type] === 1 ? 'directed' : 'undirected'}
      </p>
    </div>
  );
}

function NoEdges({ nodeType }: { readonly nodeType: string }) {
  const commands = useCommands();
  return (
    <div className={classes.noEdges}>
      <h2 className={classes.type}>No edges yet</h2>
      <p>A graph model learns from neighbours. Connect rows that are alike, or that share a value.</p>
      <Button
        variant="light"
        fullWidth
        onClick={() => commands.showSchemaDialog({ kind: 'build-edges', nodeType })}
      >
        Connect nearest neighbours…
      </Button>
    </div>
  );
}
