/** Which action the main run button stands for; shared by the button, the Space key and the command palette. */
import type { RunStatus } from '../../state/types.ts';

export type PrimaryAction = 'train' | 'pause' | 'resume';

export function primaryAction(kind: RunStatus['kind']): PrimaryAction {
  switch (kind) {
    case 'running':
    case 'stopping':
    case 'loading':
      return 'pause';
    case 'paused':
      return 'resume';
    case 'idle':
    case 'finished':
    case 'stopped':
    case 'failed':
      return 'train';
    default:
      return kind satisfies never;
  }
}
