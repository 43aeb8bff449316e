import { countsPrints } from './prints.suite.ts';
import { memoryPrints } from './prints.ts';

countsPrints('in memory', async () => memoryPrints());
