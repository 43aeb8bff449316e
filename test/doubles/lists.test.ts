import { memoryBook } from './book.ts';
import { keepsTheLists } from './lists.suite.ts';

keepsTheLists('in memory', async () => {
  const book = memoryBook();
  return { lists: book, book, register: book, lay: async (dossier) => book.lay(dossier) };
});
