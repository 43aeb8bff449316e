import type { Strand } from '../run.ts';

/** AWS's wording of a cause that comes from a state. */
export function described(strand: Strand, what: string): string {
  return `An error occurred while executing the state '${strand.at}' (entered at the event id #${strand.enteredEvent}). ${what}`;
}
