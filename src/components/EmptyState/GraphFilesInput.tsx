/** The file input named `Graph files`: in the drop zone while nothing is open, behind the data set menu afterwards. */
import type { Ref } from 'react';
import { useCommands } from '../useStore.ts';
import { filesOfInput } from './collectFiles.ts';

interface GraphFilesInputProps {
  readonly ref?: Ref<HTMLInputElement>;
  /** Opened by another control; out of sight and of the tab order. */
  readonly isHidden?: boolean;
  readonly className?: string;
  readonly id?: string;
}

export function GraphFilesInput({ ref, isHidden = false, className, id }: GraphFilesInputProps) {
  const commands = useCommands();
  return (
    <input
      ref={ref}
      id={id}
      type="file"
      multiple
      aria-label="Graph files"
      className={isHidden ? 'gw-visually-hidden' : className}
      tabIndex={isHidden ? -1 : 0}
      onChange={(event) => {
        const { files } = event.currentTarget;
        if (files !== null && files.length > 0) void commands.openFiles(filesOfInput(files));
        // Choosing the same file again must open it again.
        event.currentTarget.value = '';
      }}
    />
  );
}
