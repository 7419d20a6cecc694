/** What is open: its tables with what can be done to them, and a summary with what would spoil learning from it. */
import { Tabs } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { undoableEdit } from '../../state/history.ts';
import { formatQuantity } from '../format/formatNumber.ts';
import { SummaryPanel } from '../SummaryPanel/SummaryPanel.tsx';
import { useWarnings } from '../SummaryPanel/useWarnings.ts';
import { useOverlay } from '../useOverlay.ts';
import { useStore } from '../useStore.ts';
import classes from './DataPanel.module.css';
import { EdgeSection } from './EdgeSection.tsx';
import { HistoryButtons } from './HistoryButtons.tsx';
import { NodeTypeSection } from './NodeTypeSection.tsx';

export function DataPanel() {
  const isLoaded = useStore((state) => state.data.loaded !== null);
  if (!isLoaded) return null;
  return (
    <Tabs defaultValue="schema" keepMounted={false} className={classes.panel ?? ''}>
      <Tabs.List className={classes.tabs ?? ''} aria-label="Data">
        <Tabs.Tab value="schema">Schema</Tabs.Tab>
        <SummaryTab />
      </Tabs.List>
      <HistoryButtons />
      <Tabs.Panel value="schema" className={classes.body ?? ''}>
        <Schema />
      </Tabs.Panel>
      <Tabs.Panel value="summary" className={classes.body ?? ''}>
        <SummaryPanel />
      </Tabs.Panel>
    </Tabs>
  );
}

function SummaryTab() {
  const concerns = useWarnings().filter(({ severity }) => severity !== 'info').length;
  return (
    <Tabs.Tab
      value="summary"
      {...(concerns > 0
        ? {
            rightSection: (
              <span className={classes.badge}>
                {concerns}
                <span className="gw-visually-hidden">{concerns === 1 ? ' warning' : ' warnings'}</span>
              </span>
            ),
          }
        : {})}
    >
      Summary
    </Tabs.Tab>
  );
}

function Schema() {
  const loaded = useStore((state) => state.data.loaded);
  if (loaded === null) return null;
  const hasEdges = loaded.graph.source.length > 0;
  const edges = <EdgeSection loaded={loaded} />;
  return (
    <>
      <ReportLine />
      {!hasEdges && edges}
      {loaded.graph.nodeTypes.map(({ name }, type) => (
        <NodeTypeSection key={name} loaded={loaded} type={type} />
      ))}
      {hasEdges && edges}
    </>
  );
}

function ReportLine() {
  const report = useStore((state) => state.data.loaded?.report ?? null);
  const isEdited = useStore((state) => undoableEdit(state) !== null);
  const overlay = useOverlay();
  if (report === null) return null;
  const warnings = report.notices.filter((notice) => notice.severity === 'warning').length;
  return (
    <div className={classes.report}>
      <p>
        {isEdited && 'As read: '}
        {report.summary}
      </p>
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
