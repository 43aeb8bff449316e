/** Who may call: the portal is a system, everybody else a person of a post office, an agency or the operators. */
export const roles = ['portal', 'clerk', 'courier', 'officer', 'ops'] as const;
export type Role = (typeof roles)[number];
