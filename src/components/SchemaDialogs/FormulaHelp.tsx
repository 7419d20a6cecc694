/** What may be written in a formula: the columns of the table and the functions; a click puts it in. */
import { Tooltip } from '@mantine/core';
import type { Column } from '../../core/columns.ts';
import { FORMULA_FUNCTIONS } from '../../core/formula/formulaFunctions.ts';
import { SPECIAL_FORMS } from '../../core/formula/specialForms.ts';
import { KIND_NAMES } from '../format/kindNames.ts';
import classes from './SchemaDialogs.module.css';

interface FormulaHelpProps {
  readonly columns: readonly Column[];
  readonly onPick: (words: string) => void;
}

/** A bare name where the grammar allows it, else in brackets. */
const written = (name: string): string => (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : `[${name}]`);

export function FormulaHelp({ columns, onPick }: FormulaHelpProps) {
  const usable = columns.filter(({ kind }) => kind !== 'vector' && kind !== 'sparse');
  const functions = [...SPECIAL_FORMS, ...FORMULA_FUNCTIONS];
  return (
    <div className={classes.help}>
      <section aria-label="Columns">
        <h3>Columns</h3>
        <ul>
          {usable.map(({ name, kind }) => (
            <li key={name}>
              <button type="button" onClick={() => onPick(written(name))}>
                <code>{name}</code> <span className={classes.muted}>{KIND_NAMES[kind]}</span>
              </button>
            </li>
          ))}
          {usable.length === 0 && <li className={classes.muted}>No column of single values.</li>}
        </ul>
      </section>
      <section aria-label="Functions">
        <h3>Functions</h3>
        <ul>
          {functions.map(({ name, summary }) => (
            <li key={name}>
              <Tooltip label={summary} position="left">
                <button type="button" onClick={() => onPick(`${name}(`)}>
                  <code>{name}</code>
                </button>
              </Tooltip>
            </li>
          ))}
        </ul>
        <p className={classes.muted}>Operators: + - * / % ^ = &lt;&gt; &lt; &lt;= &gt; &gt;= and or not</p>
      </section>
    </div>
  );
}
