/** What the dialogs share: a form whose foot stays in sight with progress, what went wrong, and the way on. */
import { Button, Progress } from '@mantine/core';
import type { ReactNode } from 'react';
import { ErrorMessage } from '../Notices/ErrorMessage.tsx';
import { useCommands, useStore } from '../useStore.ts';
import classes from './SchemaDialogs.module.css';

interface DialogFormProps {
  /** The word on the button that does it. */
  readonly action: string;
  readonly canSubmit: boolean;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}

export function DialogForm({ action, canSubmit, onSubmit, children }: DialogFormProps) {
  const commands = useCommands();
  const work = useStore((state) => state.schema.work);
  const error = useStore((state) => state.schema.error);
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (canSubmit && work === null) onSubmit();
      }}
    >
      {children}
      <div className={classes.footer}>
        {error !== null && <ErrorMessage error={error} />}
        {work !== null && <WorkProgress doneRatio={work.doneRatio} />}
        <div className={classes.buttons}>
          <Button
            variant="default"
            size="sm"
            onClick={() =>
              work === null ? commands.showSchemaDialog(null) : void commands.cancelComputation()
            }
          >
            Cancel
          </Button>
          <Button type="submit" size="sm" disabled={!canSubmit || work !== null}>
            {action}
          </Button>
        </div>
      </div>
    </form>
  );
}

function WorkProgress({ doneRatio }: { readonly doneRatio: number | null }) {
  return (
    <Progress.Root size="sm">
      <Progress.Section
        value={doneRatio === null ? 100 : Math.max(2, 100 * doneRatio)}
        animated={doneRatio === null}
        striped={doneRatio === null}
        aria-label="Progress"
      />
    </Progress.Root>
  );
}
