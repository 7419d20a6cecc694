/** A column computed from others: the formula, its first results while it is typed, and what may be written in it. */
import { Textarea, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import type { Graph } from '../../core/graph.ts';
import type { TableRef } from '../../core/schema/graphTables.ts';
import { useCommands, useStore } from '../useStore.ts';
import { DialogForm } from './DialogForm.tsx';
import { FormulaHelp } from './FormulaHelp.tsx';
import { FormulaPreview } from './FormulaPreview.tsx';
import classes from './SchemaDialogs.module.css';
import { freeName, tableOf } from './tableOf.ts';
import { useFormulaPreview } from './useFormulaPreview.ts';

export function FormulaDialog({ table }: { readonly table: TableRef }) {
  const graph = useStore((state) => state.data.loaded?.graph ?? null);
  return graph === null ? null : <FormulaForm graph={graph} table={table} />;
}

function FormulaForm({ graph, table }: { readonly graph: Graph; readonly table: TableRef }) {
  const commands = useCommands();
  const open = tableOf(graph, table);
  const [text, setText] = useState('');
  const [name, setName] = useState(() => freeName('formula', open.columns));
  const field = useRef<HTMLTextAreaElement>(null);
  const preview = useFormulaPreview(text, open);
  const isTaken = open.columns.some((column) => column.name === name.trim());
  /** Puts a name or a function where the cursor is. */
  function insert(words: string): void {
    const at = field.current?.selectionStart ?? text.length;
    const end = field.current?.selectionEnd ?? at;
    setText(`${text.slice(0, at)}${words}${text.slice(end)}`);
    field.current?.focus();
  }
  return (
    <DialogForm
      action="Add column"
      canSubmit={preview.kind === 'results' && name.trim() !== '' && !isTaken}
      onSubmit={() => void commands.applyFormula({ table, columnName: name.trim(), text })}
    >
      <div className={classes.columns2}>
        <div className={classes.stack}>
          <TextInput
            label="Name of the column"
            value={name}
            error={isTaken ? 'There is a column of that name already.' : null}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Textarea
            ref={field}
            size="xs"
            label="Formula"
            data-autofocus
            autosize
            minRows={3}
            maxRows={8}
            spellCheck={false}
            placeholder="if(isMissing(age), 0, round(age / 10))"
            classNames={{ input: classes.code ?? '' }}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <FormulaPreview preview={preview} text={text} table={open} />
        </div>
        <FormulaHelp columns={open.columns} onPick={insert} />
      </div>
    </DialogForm>
  );
}
