/** What an example's card says about size and origin; pure. */
import type { DatasetCard } from '../../datasets/cardTypes.ts';
import { formatCompactCount } from '../format/formatNumber.ts';

/** '2,708 papers · 5,278 citations · 7 classes'. */
export function sizeText(card: DatasetCard): string {
  const { nodes, edges, classes } = card.counts;
  const parts = [`${formatCompactCount(nodes)} ${card.nodes}`, `${formatCompactCount(edges)} ${card.edges}`];
  if (classes > 0) parts.push(`${classes} ${classes === 1 ? 'class' : 'classes'}`);
  return parts.join(' · ');
}

/** Says before the click that a gallery set is fetched, and from where; null for bundled ones. */
export function downloadText(card: DatasetCard): string | null {
  if (card.kind === 'bundled') return null;
  const hosts = new Set(card.files.map((file) => new URL(file).host));
  return `Downloads from ${[...hosts].join(', ')} when opened`;
}

/** Address of the small picture of a bundled set; gallery sets have none. */
export function thumbnailAddress(card: DatasetCard, baseUrl: string): string | null {
  return card.kind === 'bundled' ? `${baseUrl}datasets/${card.id}/thumbnail.svg` : null;
}
