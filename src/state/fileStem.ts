/** File names made from titles. */

/** 'Les Misérables (1862)' → 'les-misérables-1862'. */
export function fileStem(title: string): string {
  const stem = title
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
  return stem === '' ? 'graph' : stem;
}
