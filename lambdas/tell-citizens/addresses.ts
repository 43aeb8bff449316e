import type { Person } from '../../contract/register-dossier.ts';
import type { Wish } from '../../domain/telling/wish.ts';
import type { Addresses } from './tell-citizens.ts';

/** Where the people of a dossier are reached on the channel that was asked for. @param person undefined once erased */
export function addressesOf(person: Person | undefined, wish: Wish | undefined): Addresses {
  if (person === undefined || wish === undefined) return {};
  if (wish.channel === 'email') return person.email === undefined ? {} : { applicant: person.email };
  return { applicant: person.phone, ...(person.receiver === undefined ? {} : { receiver: person.receiver.phone }) };
}
