/** So many lanes a new subscription has unless the stack says more: sixteen dossiers at once are delivered in order. */
export const usualLanes = 16;

/**
 * The lane of a dossier: all of its events go through one, and so stay in order (FNV-1a over the id). A subscription
 * keeps the number of lanes with which it was made, for a dossier that changed lanes would overtake itself.
 */
export function laneOf(dossierId: string, lanes: number): number {
  let hash = 0x811c9dc5;
  for (const letter of dossierId) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0) % lanes;
}
