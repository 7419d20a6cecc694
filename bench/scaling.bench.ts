/** Cost per edge and memory across epochs as graphs grow from 10 thousand to 5 million edges; Node. */
import { test } from '@playwright/test';
import { bytesText, timeText } from './benchTable.ts';
import { measureTraining } from './trainingRow.ts';
import type { MemoryMark, TrainingTimes } from './trainingTimes.ts';

for (const size of ['10k', '100k', '1M', '5M']) {
  test(`scaling, ${size} edges`, async () => {
    await measureTraining(`scaling-${size}`, { note: costAndMemory });
  });
}

function costAndMemory({ medianMs, edges, afterThird, afterLast }: TrainingTimes): string {
  const perMillion = timeText((medianMs * 1e6) / edges);
  return `${perMillion} per million edges; after epoch ${afterThird.epoch} ${markText(afterThird)}, after ${afterLast.epoch} ${markText(afterLast)}`;
}

const markText = ({ tensors, tensorBytes, heapBytes }: MemoryMark): string =>
  `${tensors} tensors of ${bytesText(tensorBytes)}, heap ${bytesText(heapBytes)}`;
