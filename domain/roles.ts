/**
 * Who may call: the portal is a system, everybody else a person of a post office, an agency or the operators. A
 * supervisor is of one post office or one agency, and does not carry its papers.
 */
export const roles = ['portal', 'clerk', 'courier', 'officer', 'supervisor', 'ops'] as const;
export type Role = (typeof roles)[number];

/** Who speaks in the book: whoever calls, the clock of a place, and whoever tells people. */
export const actors = [...roles, 'clock', 'messenger'] as const;
