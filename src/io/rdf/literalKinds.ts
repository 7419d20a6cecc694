/** Literals as attribute values: datatypes of XML Schema, and which of several values of one predicate stands. */
import type { AttributeValue, DeclaredKind } from '../records/recordTypes.ts';

const XSD = 'http://www.w3.org/2001/XMLSchema#';

const KIND_OF_DATATYPE = new Map<string, DeclaredKind>([
  ...[
    'integer',
    'int',
    'long',
    'short',
    'byte',
    'nonNegativeInteger',
    'positiveInteger',
    'nonPositiveInteger',
    'negativeInteger',
    'unsignedInt',
    'unsignedLong',
    'unsignedShort',
    'unsignedByte',
    'gYear',
  ].map((name) => [XSD + name, 'integer'] as const),
  ...['decimal', 'double', 'float'].map((name) => [XSD + name, 'number'] as const),
  [`${XSD}boolean`, 'boolean'],
  ...['date', 'dateTime', 'dateTimeStamp'].map((name) => [XSD + name, 'date'] as const),
]);

/** Returns the kind of a literal by its tag: a datatype IRI, or '@' and a language. */
export const kindOfTag = (tag: string): DeclaredKind => KIND_OF_DATATYPE.get(tag) ?? 'text';

/** Returns the kind of a column whose literals are of these kinds. */
export function commonKind(kinds: ReadonlySet<DeclaredKind>): DeclaredKind {
  if (kinds.size === 1) return [...kinds][0] as DeclaredKind;
  return [...kinds].every((kind) => kind === 'integer' || kind === 'number') ? 'number' : 'text';
}

/** Returns the lexical form as columns read it: 1 and 0 as true and false, no zone after a date, no INF and NaN. */
export function literalValue(text: string, kind: DeclaredKind): AttributeValue {
  switch (kind) {
    case 'integer':
    case 'number': {
      const plain = text.trim().replace(/^\+/, '');
      return /^-?(?:INF|NaN)$/.test(plain) ? null : plain;
    }
    case 'boolean': {
      const plain = text.trim();
      return plain === '1' ? 'true' : plain === '0' ? 'false' : plain;
    }
    case 'date':
      return text.trim().replace(/^(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})$/, '$1');
    default:
      return text;
  }
}

/** Order in which literals of one predicate are preferred: English, its regions, no language, any other. */
export function tagRank(tag: string): number {
  if (tag === '@en') return 0;
  if (tag.startsWith('@en-')) return 1;
  return tag.startsWith('@') ? 3 : 2;
}
