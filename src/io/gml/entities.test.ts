import { describe, expect, it } from 'vitest';
import { decodeEntities } from './entities.ts';

describe('entities', () => {
  it('stand for quotes, Latin-1 characters and code points', () => {
    expect(decodeEntities('&quot;Tom &amp; Jerry&apos;s&quot; &lt;&gt;')).toBe('"Tom & Jerry\'s" <>');
    expect(decodeEntities('M&uuml;ller &nbsp;&yuml; &Aring;')).toBe('Müller \u00a0ÿ Å');
    expect(decodeEntities('&#1040;&#x1F600;')).toBe('А😀');
  });

  it('are decoded once, and left alone when unknown or beyond Unicode', () => {
    expect(decodeEntities('&amp;lt;')).toBe('&lt;');
    expect(decodeEntities('bar & baz; &unknown; &#0; &#xD800; &#9999999;')).toBe(
      'bar & baz; &unknown; &#0; &#xD800; &#9999999;',
    );
  });
});
