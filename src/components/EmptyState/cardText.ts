/** What an example's card says about size and origin; pure. */
import type { DatasetCard } from '../../datasets/cardTypes.ts';
import { formatCompactCount } from '../format/formatNumber.ts';

/** '2,708 papers · 5,278 citations'. */
export function sizeText(card: DatasetCard): string {
  const { nodes, edges } = card.counts;
  return `${formatCompactCount(nodes)} ${card.nodes} · ${formatCompactCount(edges)} ${card.edges}`;
}

/** '7 classes'; null when there is nothing labelled to learn. */
export function classesText(card: DatasetCard): string | null {
  const { classes } = card.counts;
  return classes === 0 ? null : `${classes} ${classes === 1 ? 'class' : 'classes'}`;
}

/** Says before the click where fetched sets come from, each host once: 'from github.com'. */
export function originText(gallery: readonly DatasetCard[]): string {
  const hosts = new Set(gallery.flatMap((card) => card.files.map((file) => new URL(file).host)));
  return `from ${[...hosts].join(', ')}`;
}

/** Address of the small picture of a bundled set; gallery sets have none. */
export function thumbnailAddress(card: DatasetCard, baseUrl: string): string | null {
  return card.kind === 'bundled' ? `${baseUrl}datasets/${card.id}/thumbnail.svg` : null;
}
