/** Styles kept under a name: keep the one on screen, apply or forget one, save it to a file or open one. */
import { ActionIcon, Button, FileButton, TextInput, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useCommands, useStore } from '../useStore.ts';
import classes from './StylePanel.module.css';

const MAX_NAME_LENGTH = 80;

export function StylePresets() {
  const commands = useCommands();
  const presets = useStore((state) => state.view.stylePresets);
  const title = useStore((state) => state.data.loaded?.title ?? 'style');
  const [name, setName] = useState('');

  function keep(event: FormEvent): void {
    event.preventDefault();
    if (name.trim() === '') return;
    commands.saveStyle(name.trim());
    setName('');
  }

  return (
    <>
      {presets.length > 0 && (
        <ul className={classes.presets}>
          {presets.map((preset) => (
            <li key={preset.name} className={classes.preset}>
              <Button
                variant="subtle"
                className={classes.apply ?? ''}
                justify="flex-start"
                title="Apply this style"
                onClick={() => commands.applyStyle(preset.name)}
              >
                {preset.name}
              </Button>
              <Tooltip label="Forget this style">
                <ActionIcon
                  aria-label={`Forget ${preset.name}`}
                  onClick={() => commands.forgetStyle(preset.name)}
                >
                  <IconTrash size={14} aria-hidden />
                </ActionIcon>
              </Tooltip>
            </li>
          ))}
        </ul>
      )}
      <form className={classes.keep} onSubmit={keep}>
        <TextInput
          className={classes.control ?? ''}
          label="Keep this style as"
          value={name}
          maxLength={MAX_NAME_LENGTH}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={name.trim() === ''}>
          Keep
        </Button>
      </form>
      <div className={classes.files}>
        <Button
          variant="default"
          onClick={() =>
            commands.saveStyleFile(name.trim() === '' ? title.slice(0, MAX_NAME_LENGTH) : name.trim())
          }
        >
          Save to a file
        </Button>
        <FileButton
          accept=".json,application/json"
          inputProps={{ 'aria-label': 'Style file' }}
          onChange={(file) => {
            if (file !== null) void commands.openStyleFile(file.name, file);
          }}
        >
          {(props) => (
            <Button {...props} variant="default">
              Open a style file
            </Button>
          )}
        </FileButton>
      </div>
    </>
  );
}
