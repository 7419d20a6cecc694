/** The shell: theme, workbench context, error boundary, and what is on screen with and without data. */
import '@fontsource-variable/inter';
import '@mantine/core/styles.css';
import './global.css';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { serialiseError } from '../core/errors.ts';
import { type Overlay, OverlayContext } from '../components/useOverlay.ts';
import { WorkbenchContext } from '../components/useStore.ts';
import { composeWorkbench } from './compose.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Screen } from './Screen.tsx';
import { cssVariablesResolver, theme } from './theme.ts';

const workbench = composeWorkbench();
const colorSchemeManager = localStorageColorSchemeManager({ key: 'graphwright-theme' });

/** Once per page, after the first paint: in development React runs effects twice. */
let isStarted = false;
function startAfterPaint(): void {
  if (isStarted) return;
  isStarted = true;
  setTimeout(() => {
    workbench.start().catch((thrown: unknown) => {
      const { message, remedy, stack } = serialiseError(thrown);
      workbench.commands.notify({ severity: 'error', message, remedy, details: stack ?? '' });
    });
  });
}

export function App() {
  const [open, show] = useState<Overlay | null>(null);
  const overlay = useMemo(() => ({ open, show }), [open]);
  useEffect(startAfterPaint, []);
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemeManager}
      cssVariablesResolver={cssVariablesResolver}
    >
      <ErrorBoundary store={workbench.store}>
        <WorkbenchContext value={workbench}>
          <OverlayContext value={overlay}>
            <Screen />
          </OverlayContext>
        </WorkbenchContext>
      </ErrorBoundary>
    </MantineProvider>
  );
}
