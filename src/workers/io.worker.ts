/** Entry of the io worker: readers, data sets and exporters. */
import { expose } from 'comlink';
import { installErrorTransfer } from './errorTransfer.ts';
import { createIoService } from './services/ioService.ts';

installErrorTransfer();
expose(createIoService());
