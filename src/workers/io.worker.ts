/** Entry of the io worker: readers, data sets, exporters, and edits of the open graph. */
import { expose } from 'comlink';
import { installErrorTransfer } from './errorTransfer.ts';
import { createIoService } from './services/ioService.ts';
import { createSchemaService } from './services/schemaService.ts';

installErrorTransfer();
expose({ ...createIoService(), ...createSchemaService() });
