/** What is open: its title, what was read and dropped, and the ways to open something else. */
import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useRef } from 'react';
import { GraphFilesInput } from '../EmptyState/GraphFilesInput.tsx';
import { formatQuantity } from '../format/formatNumber.ts';
import { useOverlay } from '../useOverlay.ts';
import { useCommands, useStore } from '../useStore.ts';
import classes from './TopBar.module.css';

export function DatasetMenu() {
  const loaded = useStore((state) => state.data.loaded);
  const commands = useCommands();
  const overlay = useOverlay();
  const input = useRef<HTMLInputElement>(null);
  if (loaded === null) return null;
  const numNotices = loaded.report.notices.length;
  return (
    <>
      <GraphFilesInput ref={input} isHidden />
      <Menu position="bottom-start" width={300}>
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            className={classes.dataset ?? ''}
            title={loaded.title}
            rightSection={<IconChevronDown size={14} aria-hidden />}
          >
            {loaded.title}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{loaded.report.summary}</Menu.Label>
          {numNotices > 0 && (
            <Menu.Item onClick={() => overlay.show('import-notices')}>
              {formatQuantity(numNotices, 'note')} about what was read
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item onClick={() => input.current?.click()}>Open files…</Menu.Item>
          <Menu.Item onClick={() => overlay.show('paste')}>Paste a table…</Menu.Item>
          <Menu.Item onClick={() => overlay.show('address')}>Open from a URL…</Menu.Item>
          <Menu.Item onClick={() => commands.showExamples(true)}>Open an example…</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
