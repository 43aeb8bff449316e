import * as z from 'zod';

/** `GET /v1/health`: is anybody there? */
export const reportHealth = z.strictObject({});
