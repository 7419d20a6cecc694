/** An error where it happened: what, what to do, and the details folded below. */
import type { SerialisedError } from '../../core/errors.ts';
import classes from './Notices.module.css';

export function ErrorMessage({ error }: { readonly error: SerialisedError }) {
  return (
    <div role="alert" className={classes.inlineError}>
      <p className={classes.strong}>{error.message}</p>
      <p>{error.remedy}</p>
      <FoldedDetails text={detailsText(error)} />
    </div>
  );
}

export function FoldedDetails({ text }: { readonly text: string }) {
  if (text === '') return null;
  return (
    <details>
      <summary>Details</summary>
      <pre className={classes.pre}>{text}</pre>
    </details>
  );
}

function detailsText({ code, details, stack }: SerialisedError): string {
  const facts = Object.entries(details).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return [`code: ${code}`, ...facts, ...(stack === undefined ? [] : [stack])].join('\n');
}
