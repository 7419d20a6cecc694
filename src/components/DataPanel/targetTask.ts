/** Which task can predict a column. Pure. */
import { type Column, isNumeric } from '../../core/columns.ts';
import { classCodes } from '../../core/taskDefaults.ts';
import { isSplitColumn } from '../../core/transforms/nodeSplits.ts';
import { predictsNumbers } from '../../state/targets.ts';

const LABEL_TASK = 'node-classification';
const NUMBER_TASK = 'node-regression';
const TASKS = [LABEL_TASK, NUMBER_TASK];

/** Returns the task, the present one where it serves; null when nothing can predict the column. @param known task ids */
export function targetTask(column: Column, current: string, known: readonly string[]): string | null {
  if (isSplitColumn(column)) return null;
  const serves = (task: string): boolean =>
    known.includes(task) && (predictsNumbers(task) ? isNumeric(column) : hasClasses(column));
  if (TASKS.includes(current) && serves(current)) return current;
  return TASKS.find(serves) ?? null;
}

const answers = new WeakMap<Column, boolean>();

/** Looked at once per column: counting the values of integers takes a pass. */
function hasClasses(column: Column): boolean {
  let answer = answers.get(column);
  if (answer === undefined) {
    answer = (classCodes(column)?.classes.length ?? 0) > 1;
    answers.set(column, answer);
  }
  return answer;
}
