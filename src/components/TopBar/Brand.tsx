/** The mark: three nodes and their edges, and the name. */
import classes from './TopBar.module.css';

export function Brand({ isCompact = false }: { readonly isCompact?: boolean }) {
  return (
    <div className={classes.brand}>
      <svg viewBox="0 0 24 24" width="20" height="20" role="img" aria-label="Graphwright">
        <path d="M12 5.5 5.5 17h13z" fill="none" stroke="currentColor" strokeWidth="1.8" />
        <circle cx="12" cy="5.5" r="3.2" fill="currentColor" />
        <circle cx="5.5" cy="17.5" r="3.2" fill="currentColor" />
        <circle cx="18.5" cy="17.5" r="3.2" fill="currentColor" />
      </svg>
      {!isCompact && (
        <span aria-hidden className={classes.name}>
          Graphwright
        </span>
      )}
    </div>
  );
}
