/** Where a method comes from; an address in it is a link. */
import classes from './SchemaDialogs.module.css';

const ADDRESS = /https?:\/\/\S+/;

/** @param text  a reference, or 'standard', which needs none */
export function Source({ text }: { readonly text: string }) {
  if (text === 'standard') return null;
  const address = ADDRESS.exec(text)?.[0];
  const words = text.replace(ADDRESS, '').replace(/[,\s]+$/, '');
  return (
    <p className={classes.muted}>
      {address === undefined ? (
        words
      ) : (
        <a href={address} target="_blank" rel="noreferrer">
          {words === '' ? address : words}
        </a>
      )}
    </p>
  );
}
