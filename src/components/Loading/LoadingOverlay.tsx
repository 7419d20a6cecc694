/** A file being read or downloaded: title, how far it is, Cancel. What is open stays visible behind it. */
import { Button } from '@mantine/core';
import { useCommands, useStore } from '../useStore.ts';
import { LoadProgress } from './LoadProgress.tsx';
import classes from './Loading.module.css';

export function LoadingOverlay() {
  const loading = useStore((state) => state.data.loading);
  // The import dialog shows the progress of its own read.
  const isInDialog = useStore((state) => state.data.importDialog?.isReading ?? false);
  const commands = useCommands();
  if (loading === null || isInDialog) return null;
  return (
    <section aria-label={`Opening ${loading.title}`} className={classes.overlay}>
      <p className={classes.title}>Opening {loading.title}</p>
      <LoadProgress progress={loading.progress} />
      <Button variant="default" onClick={() => void commands.cancelLoading()}>
        Cancel
      </Button>
    </section>
  );
}
