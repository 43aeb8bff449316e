import * as z from 'zod';

/**
 * `GET /v1/track/{trackingCode}`: the stage alone, for whoever holds the code. Spaces, dots and hyphens are forgiven.
 */
export const trackDossier = z.strictObject({ path: z.strictObject({ trackingCode: z.string().min(12).max(40) }) });
export type TrackDossier = z.infer<typeof trackDossier>;
