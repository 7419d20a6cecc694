/** What would spoil learning from the graph, with the numbers, and a button where something can be done about it. */
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { TableRef } from '../../core/schema/graphTables.ts';
import type { GraphWarning } from '../../core/graphSummary/summaryTypes.ts';
import { useCommands, useStore } from '../useStore.ts';
import classes from './SummaryPanel.module.css';
import { type Remedy, remedyFor } from './warningRemedy.ts';
import { groupWarnings, type WarningGroup } from './warningGroups.ts';

const LABELS = { severe: 'Severe', warning: 'Warning', info: 'Note' } as const;

export function WarningList({ warnings }: { readonly warnings: readonly GraphWarning[] }) {
  if (warnings.length === 0) {
    return <p className={classes.calm}>Nothing stands in the way of learning from it.</p>;
  }
  return (
    <ul className={classes.warnings}>
      {groupWarnings(warnings).map((group) => (
        <WarningItem key={`${group.first.code} ${group.first.nodeType} ${group.columns[0]}`} group={group} />
      ))}
    </ul>
  );
}

function WarningItem({ group: { first, others, columns } }: { readonly group: WarningGroup }) {
  const setup = useStore((state) => state.setup);
  const models = useStore((state) => state.catalogue.engine?.models ?? null);
  const usable = (models ?? []).filter(({ tasks }) => tasks.includes(setup.task)).map(({ id }) => id);
  const remedy = remedyFor({ code: first.code, columns }, setup, usable);
  const Icon = first.severity === 'info' ? IconInfoCircle : IconAlertTriangle;
  return (
    <li className={classes.warning} data-severity={first.severity}>
      <Icon size={15} aria-label={LABELS[first.severity]} className={classes.icon} />
      <div className={classes.warningText}>
        <p>{first.message}</p>
        {others.length > 0 && (
          <details className={classes.others}>
            <summary>and {others.length} more like it</summary>
            <ul>
              {others.map(({ message }) => (
                <li key={message}>{message}</li>
              ))}
            </ul>
          </details>
        )}
        {remedy !== null && <RemedyButton remedy={remedy} nodeType={first.nodeType} />}
      </div>
    </li>
  );
}

function RemedyButton({ remedy, nodeType }: { readonly remedy: Remedy; readonly nodeType: string | null }) {
  const commands = useCommands();
  const firstType = useStore((state) => state.data.loaded?.graph.nodeTypes[0]?.name ?? '');
  const act = (): void => {
    switch (remedy.kind) {
      case 'hide': {
        const table: TableRef = nodeType === null ? { kind: 'edges' } : { kind: 'nodes', type: nodeType };
        commands.setHidden(
          remedy.columns.map((name) => ({ table, name })),
          true,
        );
        return;
      }
      case 'setup':
        commands.setSetup(remedy.change);
        return;
      case 'build-edges':
        commands.showSchemaDialog({ kind: 'build-edges', nodeType: nodeType ?? firstType });
        return;
      default:
        remedy satisfies never;
    }
  };
  return (
    <Button variant="default" size="compact-xs" onClick={act}>
      {remedy.name}
    </Button>
  );
}
