/**
 * Drawings inside GraphML `data`: of yEd (https://yed.yworks.com/support/manual/index.html, elements `y:ShapeNode`,
 * `y:Geometry`, `y:Fill`, `y:NodeLabel`, `y:EdgeLabel`) and of mxGraph (`jGraph:Geometry`, `jGraph:label`).
 * What learning can use is kept: text, position, fill colour.
 */
import type { RecordValues } from './attributeDeclarations.ts';
import { IGNORED, textScope, type XmlScope } from './xmlReader.ts';

/** Returns the scope of an element that holds a drawing; what is found becomes attributes of the record. */
export function drawingScope(values: RecordValues): XmlScope {
  const label = (text: string | undefined): void => {
    if (text !== undefined && text.trim() !== '') values.setOwn('label', text.trim());
  };
  const scope: XmlScope = {
    child(name, attributes) {
      switch (name) {
        case 'NodeLabel':
        case 'EdgeLabel':
          return textScope(label);
        case 'label':
          label(attributes['text']);
          return IGNORED;
        case 'Geometry':
          values.setOwn('x', attributes['x']);
          values.setOwn('y', attributes['y']);
          return IGNORED;
        case 'Fill':
          values.setOwn('viz_color', attributes['color']);
          return IGNORED;
        default:
          return scope;
      }
    },
  };
  return scope;
}
