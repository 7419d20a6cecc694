/** Warnings of one kind about many columns, as one: a table of sixty columns must not need sixty paragraphs. Pure. */
import type { GraphWarning } from '../../core/graphSummary/summaryTypes.ts';

export interface WarningGroup {
  readonly first: GraphWarning;
  /** More of the same kind, severity and table; empty unless there are enough to fold. */
  readonly others: readonly GraphWarning[];
  /** Columns of all of them. */
  readonly columns: readonly string[];
}

/** Two of a kind are read as quickly as they are unfolded. */
const MIN_FOLDED = 3;

/** Returns the groups in the order of their first warning. What is severe is never folded: each is read. */
export function groupWarnings(warnings: readonly GraphWarning[]): readonly WarningGroup[] {
  const groups = new Map<string, GraphWarning[]>();
  for (const warning of warnings) {
    const { code, severity, nodeType, columns } = warning;
    const isAlone = severity === 'severe' || columns.length === 0;
    const key = JSON.stringify(isAlone ? [code, severity, nodeType, columns] : [code, severity, nodeType]);
    groups.set(key, [...(groups.get(key) ?? []), warning]);
  }
  return [...groups.values()].flatMap((group) =>
    group.length < MIN_FOLDED ? group.map((warning) => folded([warning])) : [folded(group)],
  );
}

function folded(group: readonly GraphWarning[]): WarningGroup {
  const [first, ...others] = group as readonly [GraphWarning, ...GraphWarning[]];
  return { first, others, columns: group.flatMap(({ columns }) => columns) };
}
