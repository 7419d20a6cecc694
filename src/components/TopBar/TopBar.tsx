/** The bar across the top: what is open, what will be trained on which device, the run buttons, export, theme, help. */
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconCommand, IconHelp } from '@tabler/icons-react';
import { ComputeSelect } from '../Setup/ComputeSelect.tsx';
import { SetupSelects } from '../Setup/SetupSelects.tsx';
import { useIsNarrow, useIsTight } from '../useIsNarrow.ts';
import { useOverlay } from '../useOverlay.ts';
import { useCommands, useStore } from '../useStore.ts';
import { Brand } from './Brand.tsx';
import { DatasetMenu } from './DatasetMenu.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { RunControls } from './RunControls.tsx';
import { ThemeMenu } from './ThemeMenu.tsx';
import classes from './TopBar.module.css';

export function TopBar() {
  const isNarrow = useIsNarrow();
  const isTight = useIsTight();
  const isLoaded = useStore((state) => state.data.loaded !== null);
  return (
    <header className={classes.bar} data-narrow={isNarrow || undefined}>
      <div className={classes.start}>
        <Brand isCompact={isLoaded && isNarrow} />
        <DatasetMenu />
        {isLoaded && !isNarrow && <ExamplesButton />}
      </div>
      {isLoaded && !isNarrow && <SetupSelects />}
      <div className={classes.end}>
        {!isNarrow && <ComputeSelect />}
        {isLoaded && <RunControls />}
        {isLoaded && !isNarrow && <ExportMenu isCompact={isTight} />}
        {(!isLoaded || !isNarrow) && <HelpButtons />}
      </div>
      {isLoaded && isNarrow && <NarrowRow />}
    </header>
  );
}

/** Second row on small screens: the sheets and what does not fit above. */
function NarrowRow() {
  const overlay = useOverlay();
  return (
    <div className={classes.narrowRow}>
      <Button variant="default" onClick={() => overlay.show('data-sheet')}>
        Data
      </Button>
      <Button variant="default" onClick={() => overlay.show('setup-sheet')}>
        Set-up
      </Button>
      <ExamplesButton />
      <ExportMenu isCompact />
      <span className={classes.spacer} />
      <HelpButtons />
    </div>
  );
}

function ExamplesButton() {
  const commands = useCommands();
  return (
    <Button variant="subtle" color="gray" flex="none" onClick={() => commands.showExamples(true)}>
      Examples
    </Button>
  );
}

function HelpButtons() {
  const overlay = useOverlay();
  const isTight = useIsTight();
  return (
    <div className={classes.help}>
      {!isTight && (
        <Tooltip label="Commands (Ctrl K)">
          <ActionIcon aria-label="Commands" onClick={() => overlay.show('commands')}>
            <IconCommand size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
      <ThemeMenu />
      <Tooltip label="Keyboard shortcuts (?)">
        <ActionIcon aria-label="Help" onClick={() => overlay.show('shortcuts')}>
          <IconHelp size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
