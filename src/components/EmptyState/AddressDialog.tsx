/** Opens the file behind an address; nothing is fetched before a person asks for it. */
import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useOverlay } from '../useOverlay.ts';
import { useCommands } from '../useStore.ts';
import classes from './EmptyState.module.css';

export function AddressDialog() {
  const overlay = useOverlay();
  const commands = useCommands();
  const [address, setAddress] = useState('');
  const isEmpty = address.trim() === '';
  return (
    <Modal
      opened={overlay.open === 'address'}
      onClose={() => overlay.show(null)}
      title="Open from a URL"
      size={560}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        className={classes.openForm}
        onSubmit={(event) => {
          event.preventDefault();
          if (isEmpty) return;
          overlay.show(null);
          void commands.openAddress(address);
        }}
      >
        <TextInput
          label="Address of a file"
          description="Fetched once by this tab, without cookies. The site must let other pages read the file."
          placeholder="https://example.org/edges.csv"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
          data-autofocus
        />
        <div className={classes.openButtons}>
          <Button variant="default" size="sm" onClick={() => overlay.show(null)}>
            Cancel
          </Button>
          <Button type="submit" size="sm" disabled={isEmpty}>
            Open
          </Button>
        </div>
      </form>
    </Modal>
  );
}
