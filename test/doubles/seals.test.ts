import { memorySeals } from './seals.ts';
import { keepsSeals } from './seals.suite.ts';

keepsSeals('in memory', async () => ({ store: memorySeals(), close: async () => undefined }));
