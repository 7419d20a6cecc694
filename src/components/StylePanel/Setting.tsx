/** One setting of the style: its control, and a button that takes it back to the default once it differs from it. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconRestore } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './StylePanel.module.css';

interface SettingProps {
  /** As the control is called, for the button's name. */
  readonly name: string;
  readonly isChanged: boolean;
  readonly onReset: () => void;
  readonly children: ReactNode;
}

export function Setting({ name, isChanged, onReset, children }: SettingProps) {
  return (
    <div className={classes.setting}>
      <div className={classes.control}>{children}</div>
      {isChanged && (
        <Tooltip label="Back to the default">
          <ActionIcon aria-label={`Reset ${name.toLowerCase()}`} onClick={onReset}>
            <IconRestore size={14} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  );
}
