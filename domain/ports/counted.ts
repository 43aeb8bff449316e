/**
 * What is counted for ops: the dossiers that lie on their desk, the items of batches that ended in our fault, webhooks
 * that were paused because nobody takes them, and nights whose day was sealed.
 */
export type Counted = 'Findings' | 'ItemsFailed' | 'WebhooksPaused' | 'NightsSealed';
