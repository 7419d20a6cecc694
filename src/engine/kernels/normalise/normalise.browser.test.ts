/** Normalisation on every backend that this browser starts; absent ones are skipped under their name. */
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { startBackend, TEST_BACKENDS, takeDeviceErrors } from '../testBackend.ts';
import { normaliseContract } from './normaliseContract.ts';

for (const name of TEST_BACKENDS) {
  const absent = await startBackend(name);
  describe.skipIf(absent !== null)(
    `normalisation on ${name}${absent === null ? '' : ` (absent: ${absent})`}`,
    () => {
      beforeAll(() => startBackend(name));
      afterAll(async () => expect(await takeDeviceErrors(name)).toEqual([]));
      normaliseContract();
    },
  );
}
