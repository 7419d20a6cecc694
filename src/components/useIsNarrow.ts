/** The two widths at which the screen changes, as hooks; styles use the same numbers. */
import { useMediaQuery } from '@mantine/hooks';

/** Under 900 px side panes become sheets and the run bar shrinks to one line. */
export function useIsNarrow(): boolean {
  return useMediaQuery('(max-width: 899px)', undefined, { getInitialValueInEffect: false }) ?? false;
}

/** Under 1280 px the top bar has no room for words that can be done without. */
export function useIsTight(): boolean {
  return useMediaQuery('(max-width: 1279px)', undefined, { getInitialValueInEffect: false }) ?? false;
}
