/** The screen before anything is open: drop, choose, paste or fetch files, or start from an example. */
import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { formatQuantity } from '../format/formatNumber.ts';
import { useOverlay } from '../useOverlay.ts';
import { useCommands, useStore } from '../useStore.ts';
import { ExampleCards } from './ExampleCards.tsx';
import classes from './EmptyState.module.css';
import { GraphFilesInput } from './GraphFilesInput.tsx';

export function EmptyState() {
  const commands = useCommands();
  const overlay = useOverlay();
  const examples = useRef<HTMLElement>(null);
  const isAskedFor = useStore((state) => state.data.examplesOpen);
  const formats = useStore((state) => state.catalogue.io?.formats);
  // The cards are already on this screen: asking for them moves there instead of opening a second list.
  useEffect(() => {
    if (!isAskedFor) return;
    examples.current?.scrollIntoView({ block: 'start' });
    examples.current?.querySelector('button')?.focus();
    commands.showExamples(false);
  }, [isAskedFor, commands]);
  return (
    <main className={classes.empty}>
      <div className={classes.column}>
        <h1 className={classes.headline}>Learn from a graph, in this tab</h1>
        <p className={classes.lead}>
          Open a graph, press Train, and watch what a model learns on every node while it learns it.
        </p>
        {/* Named by its title: a label would also be found by searches for the input's own label, `Graph files`. */}
        <div title="Drop graph files" role="region" className={classes.zone}>
          <p className={classes.zoneTitle}>Drop graph files or a folder here</p>
          <p className={classes.promise}>Your data stays in this tab</p>
          <div className={classes.starts}>
            <label className={classes.choose} htmlFor="graph-files">
              <GraphFilesInput id="graph-files" className="gw-visually-hidden" />
              Choose files
            </label>
            <Button variant="default" size="sm" onClick={() => commands.showExamples(true)}>
              Examples
            </Button>
            <Button variant="default" size="sm" onClick={() => overlay.show('paste')}>
              Paste a table
            </Button>
            <Button variant="default" size="sm" onClick={() => overlay.show('address')}>
              Open from a URL
            </Button>
          </div>
          {formats !== undefined && formats.length > 0 && (
            <details className={classes.formats}>
              <summary>Reads {formatQuantity(formats.length, 'format')}</summary>
              {formats.map((format) => format.name).join(', ')}
            </details>
          )}
        </div>
        <section ref={examples} aria-label="Example data sets" className={classes.examples}>
          <h2 className={classes.examplesHead}>Or start from an example</h2>
          <ExampleCards />
        </section>
      </div>
    </main>
  );
}
