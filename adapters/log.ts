import { Logger } from '@aws-lambda-powertools/logger';

/**
 * The log of a function: one line of JSON each, which names people and their words nowhere. `service` is the operation.
 */
export const log = new Logger();
