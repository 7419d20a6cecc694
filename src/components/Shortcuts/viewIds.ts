/** The order in which number keys reach the views: that of the tabs. */
import type { ViewTab } from '../../state/types.ts';

export const VIEW_IDS: readonly ViewTab[] = ['graph', 'embedding', 'table', 'evaluation'];
