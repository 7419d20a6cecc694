/** Opens the file behind an address; nothing is fetched before a person asks for it. */
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useCommands } from '../useStore.ts';
import { OpenDialog } from './OpenDialog.tsx';

export function AddressDialog() {
  const commands = useCommands();
  const [address, setAddress] = useState('');
  return (
    <OpenDialog
      overlayName="address"
      title="Open from a URL"
      size={560}
      isLarge={false}
      action="Open"
      isEmpty={address.trim() === ''}
      onOpen={() => void commands.openAddress(address)}
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
    </OpenDialog>
  );
}
