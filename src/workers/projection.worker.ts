/** Entry of the projection worker: points of embeddings, off the main thread. */
import { expose } from 'comlink';
import { installErrorTransfer } from './errorTransfer.ts';
import { createProjectionService } from './services/projectionService.ts';

installErrorTransfer();
expose(createProjectionService());
