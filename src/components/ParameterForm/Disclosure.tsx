/** A collapsed part of a form: the native element, so that keyboard, search and screen readers know it. */
import { IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './ParameterForm.module.css';

interface DisclosureProps {
  readonly title: string;
  /** Said beside the title while closed, e.g. how much in it was changed; '' = nothing. */
  readonly note?: string;
  readonly children: ReactNode;
}

export function Disclosure({ title, note = '', children }: DisclosureProps) {
  return (
    <details className={classes.disclosure}>
      <summary className={classes.summary}>
        <IconChevronRight size={14} aria-hidden className={classes.chevron} />
        {title}
        {note !== '' && <span className={classes.note}>{note}</span>}
      </summary>
      <div className={classes.disclosed}>{children}</div>
    </details>
  );
}
