/** The coloured dot of a class beside its name, with an outline so that pale colours stay visible in both themes. */
import classes from './ClassSwatch.module.css';

export function ClassSwatch({ colour }: { readonly colour: string }) {
  return <span aria-hidden className={classes.swatch} style={{ backgroundColor: colour }} />;
}

export function ClassName({ colour, name }: { readonly colour: string; readonly name: string }) {
  return (
    <span className={classes.name}>
      <ClassSwatch colour={colour} />
      {name}
    </span>
  );
}
