import { keepsLooks } from './looks.suite.ts';
import { memoryLooks } from './looks.ts';

const looks = memoryLooks();
keepsLooks('in memory', () => looks);
