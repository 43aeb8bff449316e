import { keepsTheBook } from './book.suite.ts';
import { memoryBook } from './book.ts';

keepsTheBook('in memory', async () => {
  const book = memoryBook();
  return {
    book,
    register: book,
    tracking: book,
    people: book,
    scans: book,
    arrive: book.arrive,
    receiverIn: async (eventId) => book.receivers.get(eventId),
  };
});
