/** Another name for a column, a node type or a relation. */
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { DialogForm } from './DialogForm.tsx';

interface RenameDialogProps {
  readonly name: string;
  readonly onRename: (to: string) => void;
}

export function RenameDialog({ name, onRename }: RenameDialogProps) {
  const [to, setTo] = useState(name);
  const wanted = to.trim();
  return (
    <DialogForm
      action="Rename"
      canSubmit={wanted !== '' && wanted !== name}
      onSubmit={() => onRename(wanted)}
    >
      <TextInput
        label="New name"
        value={to}
        data-autofocus
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
    </DialogForm>
  );
}
