/** What is on screen: the bar, then the empty state or the workspace, and everything that lies over them. */
import { lazy, Suspense, useDeferredValue } from 'react';
import { DropOverlay } from '../components/EmptyState/DropOverlay.tsx';
import { EmptyState } from '../components/EmptyState/EmptyState.tsx';
import { LoadingOverlay } from '../components/Loading/LoadingOverlay.tsx';
import { Notices } from '../components/Notices/Notices.tsx';
import { RunStatus } from '../components/RunPanel/RunStatus.tsx';
import { useShortcuts } from '../components/Shortcuts/useShortcuts.ts';
import { TopBar } from '../components/TopBar/TopBar.tsx';
import { useIsNarrow } from '../components/useIsNarrow.ts';
import { useOverlay } from '../components/useOverlay.ts';
import { useStore } from '../components/useStore.ts';
import classes from './Screen.module.css';

const Workspace = lazy(() => import('./Workspace.tsx').then((module) => ({ default: module.Workspace })));
const NarrowWorkspace = lazy(() =>
  import('./NarrowWorkspace.tsx').then((module) => ({ default: module.NarrowWorkspace })),
);
const ImportDialog = lazy(() =>
  import('../components/ImportDialog/ImportDialog.tsx').then((module) => ({ default: module.ImportDialog })),
);
const ExamplesDrawer = lazy(() =>
  import('../components/EmptyState/ExamplesDrawer.tsx').then((module) => ({
    default: module.ExamplesDrawer,
  })),
);
const ImportNoticesDialog = lazy(() =>
  import('../components/Notices/ImportNoticesDialog.tsx').then((module) => ({
    default: module.ImportNoticesDialog,
  })),
);
const PasteDialog = lazy(() =>
  import('../components/EmptyState/PasteDialog.tsx').then((module) => ({ default: module.PasteDialog })),
);
const AddressDialog = lazy(() =>
  import('../components/EmptyState/AddressDialog.tsx').then((module) => ({ default: module.AddressDialog })),
);
const ShortcutSheet = lazy(() =>
  import('../components/Shortcuts/ShortcutSheet.tsx').then((module) => ({ default: module.ShortcutSheet })),
);
const SchemaDialogs = lazy(() =>
  import('../components/SchemaDialogs/SchemaDialogs.tsx').then((module) => ({
    default: module.SchemaDialogs,
  })),
);
const CommandPalette = lazy(() => import('../components/CommandPalette/CommandPalette.tsx'));

export function Screen() {
  useShortcuts();
  // Deferred: the workspace is built in slices of a few milliseconds while the screen before it stays and answers.
  const isLoaded = useDeferredValue(useStore((state) => state.data.loaded !== null));
  const isNarrow = useIsNarrow();
  return (
    <div className={classes.screen}>
      <TopBar />
      {/* One boundary for both: while the workspace is fetched, what was there stays; a fallback would hold it up. */}
      <Suspense fallback={<div className={classes.rest} />}>
        {!isLoaded && (
          <>
            <EmptyState />
            <RunStatus className="gw-visually-hidden" />
            <Notices />
          </>
        )}
        {isLoaded && (isNarrow ? <NarrowWorkspace /> : <Workspace />)}
      </Suspense>
      <Overlays />
      <LoadingOverlay />
      <DropOverlay />
    </div>
  );
}

/** Dialogs are fetched when first opened: first paint needs none of them. */
function Overlays() {
  const overlay = useOverlay();
  const isImporting = useStore((state) => state.data.importDialog !== null);
  const wantsExamples = useStore((state) => state.data.examplesOpen && state.data.loaded !== null);
  const isEditing = useStore((state) => state.schema.dialog !== null);
  return (
    <Suspense fallback={null}>
      {isEditing && <SchemaDialogs />}
      {isImporting && <ImportDialog />}
      {wantsExamples && <ExamplesDrawer />}
      {overlay.open === 'import-notices' && <ImportNoticesDialog />}
      {overlay.open === 'paste' && <PasteDialog />}
      {overlay.open === 'address' && <AddressDialog />}
      {overlay.open === 'shortcuts' && <ShortcutSheet />}
      {overlay.open === 'commands' && <CommandPalette />}
    </Suspense>
  );
}
