/** Entry of the layout worker: node positions, off the main thread. */
import { expose } from 'comlink';
import { installErrorTransfer } from './errorTransfer.ts';
import { createLayoutService } from './services/layoutService.ts';

installErrorTransfer();
expose(createLayoutService());
