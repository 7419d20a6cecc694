/** A field for pasted text, for those who do not paste on the page itself. */
import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useCommands } from '../useStore.ts';
import { OpenDialog } from './OpenDialog.tsx';

export function PasteDialog() {
  const commands = useCommands();
  const [text, setText] = useState('');
  return (
    <OpenDialog
      overlayName="paste"
      title="Paste a table"
      size={640}
      isLarge
      action="Continue"
      isEmpty={text.trim() === ''}
      onOpen={() => void commands.openText(text)}
    >
      <Textarea
        label="Table or graph"
        description="Cells copied from a spreadsheet, an edge list, or the text of any format that files may have"
        placeholder={'source,target\nAda,Grace\nGrace,Alan'}
        rows={12}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', whiteSpace: 'pre' } }}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        data-autofocus
      />
    </OpenDialog>
  );
}
