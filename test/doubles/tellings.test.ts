import { keepsTellings } from './tellings.suite.ts';
import { memoryTellings } from './tellings.ts';

keepsTellings('in memory', async () => memoryTellings());
