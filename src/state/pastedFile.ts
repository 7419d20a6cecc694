/** Pasted text as a file whose name says what it is, so that it goes the way of a dropped one. Pure. */

/** How texts begin, surest first; what matches none is a table of words. */
const BEGINNINGS: readonly (readonly [extension: string, pattern: RegExp])[] = [
  ['json', /^\s*[[{]/],
  ['gexf', /^\s*(?:<\?xml[^>]*>\s*)?<gexf[\s>]/i],
  ['graphml', /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)?<graphml[\s>]/i],
  ['xml', /^\s*</],
  ['net', /^\s*\*(?:vertices|network)\b/i],
  ['gml', /^\s*(?:#[^\n]*\n\s*|creator[^\n]*\n\s*|version[^\n]*\n\s*)*graph\s*\[/i],
  ['dot', /^\s*(?:strict\s+)?(?:di)?graph\b[^\n[]{0,200}\{/i],
  ['ttl', /^\s*@(?:prefix|base)\b/i],
  ['tsv', /^[^\n]*\t/],
  ['csv', /^[^\n]*[,;]/],
];
const HEAD_CHARACTERS = 4096;

/** Returns `pasted.csv`, `pasted.json`, …; `pasted.txt` for words between blanks. */
export function pastedFileName(text: string): string {
  const head = text.slice(0, HEAD_CHARACTERS);
  const found = BEGINNINGS.find(([, pattern]) => pattern.test(head));
  return `pasted.${found?.[0] ?? 'txt'}`;
}

/** True for text that can hold a graph: several lines, or the beginning of a format of one line. */
export function looksLikeData(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.includes('\n') || /\.(?:json|xml|gexf|graphml|gml|dot)$/.test(pastedFileName(trimmed));
}
