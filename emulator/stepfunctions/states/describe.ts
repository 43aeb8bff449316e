import type { Branch } from '../run.ts';

/** AWS's wording of a cause that comes from a state. */
export function described(branch: Branch, what: string): string {
  return `An error occurred while executing the state '${branch.at}' (entered at the event id #${branch.enteredEvent}). ${what}`;
}
