import body from '../examples/first-dossier.json' with { type: 'json' };

/**
 * The first thing a newcomer can send: a counter dossier for a criminal record, from the clerk of the post office of
 * Bắc Kạn. The person is made up.
 */
export const firstRequest = {
  role: 'clerk',
  unit: 'PO-BACKAN',
  path: '/v1/dossiers',
  body,
} as const;
