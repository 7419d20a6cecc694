/** The match between dropped files and the open graph, in sentences. Pure. */
import type { TypeMatch } from '../../core/matchGraphs.ts';
import { formatCount, formatPercent, formatQuantity } from '../format/formatNumber.ts';

/** '231 of 240 ids match (96.3 %).' */
export function matchedText({ matched, rows }: Pick<TypeMatch, 'matched' | 'rows'>): string {
  const share = rows === 0 ? '' : ` (${formatPercent(matched / rows)})`;
  return `${formatCount(matched)} of ${formatCount(rows)} ids match${share}.`;
}

/** '9 do not: a, b, c …'; '' when all match. */
export function unmatchedText({ matched, rows, unmatchedExamples }: TypeMatch): string {
  const missing = rows - matched;
  if (missing === 0) return '';
  return `${formatCount(missing)} ${missing === 1 ? 'does' : 'do'} not: ${listed(unmatchedExamples, missing)}`;
}

/** '12 of 243 nodes of Cora get no row (4.9 %): x, y …'; '' when all do. */
export function withoutRowText(
  { graphNodes, withoutRow, withoutRowExamples }: TypeMatch,
  title: string,
): string {
  if (withoutRow === 0) return `Every node of ${title} gets a row.`;
  const share = formatPercent(withoutRow / graphNodes);
  const verb = withoutRow === 1 ? 'gets' : 'get';
  return `${formatCount(withoutRow)} of ${formatQuantity(graphNodes, 'node')} of ${title} ${verb} no row (${share}): ${listed(withoutRowExamples, withoutRow)}`;
}

/** 'a, b, c' and ' …' when there are more than the examples. */
export function listed(examples: readonly string[], total: number): string {
  return examples.join(', ') + (total > examples.length ? ' …' : '');
}

/** True when so few ids match that the sides are probably named differently. */
export const isPoorMatch = ({ matched, rows }: TypeMatch): boolean => rows > 0 && matched < 0.1 * rows;
