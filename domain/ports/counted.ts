/** What is counted for ops: the dossiers that lie on their desk, and the items of batches that ended in our fault. */
export type Counted = 'Findings' | 'ItemsFailed';
