/** Entry of the training worker: the engine and nothing else lives here. */
import { expose } from 'comlink';
import { browserEngineHost } from './engineHost.ts';
import { installErrorTransfer } from './errorTransfer.ts';
import { createTrainingService } from './services/trainingService.ts';

installErrorTransfer();
expose(createTrainingService(browserEngineHost()));
