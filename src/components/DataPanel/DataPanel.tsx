/** What is open: node types with their columns, edge types, and what the import had to say. */
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Column } from '../../core/columns.ts';
import type { Graph } from '../../core/graph.ts';
import { formatCount, formatQuantity } from '../format/formatNumber.ts';
import { classValues } from '../palette/columnValues.ts';
import { useOverlay } from '../useOverlay.ts';
import { useStore } from '../useStore.ts';
import { ColumnRow } from './ColumnRow.tsx';
import classes from './DataPanel.module.css';

/** Longer lists (a thousand relations, wide tables) are cut and say so. */
const MAX_SHOWN = 60;

export function DataPanel() {
  const loaded = useStore((state) => state.data.loaded);
  if (loaded === null) return null;
  const { graph } = loaded;
  return (
    <div className={classes.panel}>
      <ReportLine />
      {graph.nodeTypes.map((_, type) => (
        <NodeTypeSection key={type} graph={graph} type={type} />
      ))}
      <EdgeSection graph={graph} />
    </div>
  );
}

function ReportLine() {
  const report = useStore((state) => state.data.loaded?.report ?? null);
  const overlay = useOverlay();
  if (report === null) return null;
  const warnings = report.notices.filter((notice) => notice.severity === 'warning').length;
  return (
    <div className={classes.report}>
      <p>{report.summary}</p>
      {report.notices.length > 0 && (
        <button type="button" className={classes.link} onClick={() => overlay.show('import-notices')}>
          {warnings > 0 && <IconAlertTriangle size={13} aria-hidden />}
          {warnings > 0 ? formatQuantity(warnings, 'warning') : formatQuantity(report.notices.length, 'note')}{' '}
          from reading
        </button>
      )}
    </div>
  );
}

function NodeTypeSection({ graph, type }: { readonly graph: Graph; readonly type: number }) {
  const target = useStore((state) => state.setup.target);
  const nodeType = graph.nodeTypes[type];
  if (nodeType === undefined) return null;
  const count = (graph.nodeTypePtr[type + 1] as number) - (graph.nodeTypePtr[type] as number);
  const scale = target === null ? null : (classValues(graph, target)?.scale ?? null);
  const shown = nodeType.columns.slice(0, MAX_SHOWN);
  const isAnswer = ({ name }: Column): boolean =>
    name === target || target?.split(',').includes(name) === true;
  return (
    <section className={classes.section} aria-label={`Nodes ${nodeType.name}`}>
      <h2 className={classes.type}>
        <span aria-hidden className={classes.nodeMark} />
        <span className={classes.typeName}>{nodeType.name === '' ? 'nodes' : nodeType.name}</span>
        <span className={classes.count}>{formatCount(count)}</span>
      </h2>
      {shown.length === 0 && <p className={classes.muted}>No columns: a model sees only the structure.</p>}
      <ul className={classes.columns}>
        {shown.map((column) => (
          <ColumnRow
            key={column.name}
            column={column}
            scale={column.name === target ? scale : null}
            note={isAnswer(column) ? 'target' : null}
          />
        ))}
      </ul>
      <More hidden={nodeType.columns.length - shown.length} what="column" />
    </section>
  );
}

function EdgeSection({ graph }: { readonly graph: Graph }) {
  const types = Array.from({ length: Math.min(graph.edgeTypes.length, MAX_SHOWN) }, (_, type) => type);
  const columns = graph.edgeColumns.slice(0, MAX_SHOWN);
  const typeName = (type: number): string => graph.nodeTypes[type]?.name ?? '';
  return (
    <section className={classes.section} aria-label="Edges">
      {types.map((type) => {
        const { relation, sourceType, targetType, directed } = graph.edgeTypes;
        const count = (graph.edgeTypePtr[type + 1] as number) - (graph.edgeTypePtr[type] as number);
        const ends = `${typeName(sourceType[type] as number)} ${directed[type] === 1 ? '→' : '–'} ${typeName(targetType[type] as number)}`;
        return (
          <div key={type}>
            <h2 className={classes.type}>
              <span aria-hidden className={classes.edgeMark} />
              <span className={classes.typeName}>{relation[type] === '' ? 'edges' : relation[type]}</span>
              <span className={classes.count}>{formatCount(count)}</span>
            </h2>
            <p className={classes.muted}>
              {graph.nodeTypes.length > 1 ? `${ends}, ` : ''}
              {directed[type] === 1 ? 'directed' : 'undirected'}
            </p>
          </div>
        );
      })}
      <More hidden={graph.edgeTypes.length - types.length} what="relation" />
      <ul className={classes.columns}>
        {columns.map((column) => (
          <ColumnRow key={column.name} column={column} scale={null} note={null} />
        ))}
      </ul>
    </section>
  );
}

function More({ hidden, what }: { readonly hidden: number; readonly what: string }) {
  return hidden > 0 ? <p className={classes.muted}>and {formatQuantity(hidden, `more ${what}`)}</p> : null;
}
