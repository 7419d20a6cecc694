/** Which of the app's own overlays is open: keyboard sheet, command palette, ways to open data, import notices, side sheets. */
import { createContext, use } from 'react';

export type Overlay =
  | 'shortcuts'
  | 'commands'
  | 'import-notices'
  | 'paste'
  | 'address'
  | 'data-sheet'
  | 'details-sheet'
  | 'setup-sheet';

export interface OverlayControl {
  readonly open: Overlay | null;
  readonly show: (overlay: Overlay | null) => void;
}

export const OverlayContext = createContext<OverlayControl>({ open: null, show: () => undefined });

export function useOverlay(): OverlayControl {
  return use(OverlayContext);
}
