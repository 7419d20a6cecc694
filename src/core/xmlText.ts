/** Text inside XML 1.0: escapes, and a way to carry the characters XML 1.0 forbids even as references. */

const NAMED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // Parsers turn these into blanks or LF unless they are references.
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** C0 controls, U+FFFE, U+FFFF and unpaired surrogates: no XML 1.0 document may hold them (§2.2, production Char). */
const FORBIDDEN =
  '[\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\uFFFE\\uFFFF]|[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])|(?<![\\uD800-\\uDBFF])[\\uDC00-\\uDFFF]';
const SPECIAL = new RegExp(`[&<>"'\\t\\n\\r]|${FORBIDDEN}`, 'g');

/**
 * Returns the text escaped for element content and for attributes in either quote. A forbidden character becomes
 * `_xHHHH_`, the escape of Office Open XML (ECMA-376 part 1, §22.4.2.4 ST_Xstring), so that different ids stay different.
 */
export function xmlText(text: string): string {
  return text.replace(
    SPECIAL,
    (found) => NAMED[found] ?? `_x${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
  );
}
