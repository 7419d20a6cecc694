/** The `viz` module of GEXF (https://gexf.net/viz.html): colours, positions and sizes as attributes of their records. */
import type { RecordValues } from './attributeDeclarations.ts';
import type { XmlAttributes } from './xmlReader.ts';

/**
 * Takes what an element of the module says; other elements say nothing.
 * @returns false when it is a colour that cannot be read
 */
export function setDrawing(values: RecordValues, name: string, attributes: XmlAttributes): boolean {
  switch (name) {
    case 'color': {
      const color = colorOf(attributes);
      values.setOwn('viz_color', color ?? undefined);
      return color !== null;
    }
    case 'position':
      for (const axis of ['x', 'y', 'z']) values.setOwn(axis, attributes[axis]);
      return true;
    case 'size':
      values.setOwn('size', attributes['value']);
      return true;
    case 'thickness':
    case 'shape':
      values.setOwn(`viz_${name}`, attributes['value']);
      return true;
    default:
      return true;
  }
}

/** Returns `#rrggbb`, with the opacity as a fourth pair where it is below 1 (CSS Color 4, §5.2), or null. */
function colorOf(attributes: XmlAttributes): string | null {
  const { hex } = attributes as { hex?: string };
  if (hex !== undefined) return /^#(?:[0-9a-f]{3,4}){1,2}$/i.test(hex) ? hex : null;
  const channels = ['r', 'g', 'b'].map((channel) => Number(attributes[channel] || Number.NaN));
  const opacity = Number(attributes['a'] ?? '1');
  const inRange = (value: number, most: number): boolean => value >= 0 && value <= most;
  if (!channels.every((channel) => inRange(channel, 255)) || !inRange(opacity, 1)) return null;
  const pairs = opacity < 1 ? [...channels, opacity * 255] : channels;
  return `#${pairs.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`;
}
