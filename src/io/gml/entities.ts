/** Character entities of HTML 2 (ISO 8859-1), by which GML writes what ASCII and its quotation marks do not hold. */

/** Names of the characters 160 to 255, in order. https://www.w3.org/TR/html401/sgml/entities.html#h-24.2.1 */
const LATIN_1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro ' +
  'para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil ' +
  'Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave ' +
  'Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml ' +
  'igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute ' +
  'thorn yuml';

const CHARACTERS = new Map<string, string>([
  ['quot', '"'],
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['apos', "'"],
  ...LATIN_1.split(' ').map((name, at) => [name, String.fromCharCode(160 + at)] as const),
]);

function numbered(code: number, written: string): string {
  const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : written;
}

/** Returns the text with entities replaced, once; what is no known entity stays as written. O(length). */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([A-Za-z][A-Za-z\d]{1,7}));/g,
    (written, ...groups) => {
      const [decimal, hexadecimal, name] = groups as (string | undefined)[];
      if (decimal !== undefined) return numbered(Number(decimal), written);
      if (hexadecimal !== undefined) return numbered(Number.parseInt(hexadecimal, 16), written);
      return CHARACTERS.get(name as string) ?? written;
    },
  );
}
