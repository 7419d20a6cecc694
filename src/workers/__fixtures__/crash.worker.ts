/** A worker that answers, or dies of an uncaught error, on request; for supervisor.browser.test.ts. */
import { expose } from 'comlink';
import { installErrorTransfer } from '../errorTransfer.ts';

installErrorTransfer();
expose({
  double: (value: number) => Promise.resolve(2 * value),
  die: () => {
    setTimeout(() => {
      throw new Error('boom');
    });
    return new Promise(() => undefined);
  },
});
