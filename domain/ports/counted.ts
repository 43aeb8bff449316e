/**
 * What is counted for ops: the dossiers that lie on their desk, the items of batches that ended in our fault, and
 * webhooks that were paused because nobody takes them.
 */
export type Counted = 'Findings' | 'ItemsFailed' | 'WebhooksPaused';
