import { memoryKeptAnswers } from './kept-answers.ts';
import { keepsAnswers } from './kept-answers.suite.ts';

keepsAnswers('in memory', memoryKeptAnswers);
