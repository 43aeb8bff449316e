import { relationsOf, type Party, type Relation, type Route } from '../journey/dossier.ts';
import type { Role } from '../roles.ts';
import type { Sources } from '../journey/sources.ts';

/**
 * What can be done with a dossier by whoever has a right to it; which step, the table of the journey says. `audit` is
 * to read who has looked at what names a person.
 */
export const deeds = ['read', 'report', 'scan', 'audit'] as const;
export type Deed = (typeof deeds)[number];

/** What is known of people: of the applicant, of whoever handed the papers in for him, of whoever may receive. */
export const personFields = ['fullName', 'phone', 'address', 'identityNumber', 'submitter', 'receiver'] as const;
export type PersonField = (typeof personFields)[number];

interface Right {
  readonly role: Role;
  readonly relation: Relation;
  readonly may: readonly Deed[];
  readonly sees: readonly PersonField[];
  readonly why: Sources;
}

const everything: readonly PersonField[] = personFields;
/** Whoever goes to the door needs to find it; the number of the identity card he does not (QĐ45 art. 16(5)a). */
const atTheDoor: readonly PersonField[] = ['fullName', 'phone', 'address', 'submitter', 'receiver'];

/**
 * Who may do what with a dossier, and what of people he sees: by his role and by what he is to the dossier. What is not
 * listed is refused, and the answer is the same as for a dossier that does not exist.
 */
export const rights: readonly Right[] = [
  {
    role: 'portal',
    relation: 'registrar',
    may: ['read', 'report', 'scan'],
    sees: everything,
    why: ['judged: registrar'],
  },
  { role: 'clerk', relation: 'origin', may: ['read', 'report', 'scan'], sees: everything, why: ['QĐ45 6(4)'] },
  { role: 'clerk', relation: 'delivery', may: ['read', 'report', 'scan'], sees: everything, why: ['TT17 5(2)d'] },
  { role: 'clerk', relation: 'agency-office', may: ['read', 'report', 'scan'], sees: atTheDoor, why: ['QĐ45 16(5)a'] },
  { role: 'courier', relation: 'origin', may: ['read', 'report', 'scan'], sees: atTheDoor, why: ['QĐ45 16(5)a'] },
  { role: 'courier', relation: 'delivery', may: ['read', 'report', 'scan'], sees: atTheDoor, why: ['QĐ45 16(5)a'] },
  {
    role: 'courier',
    relation: 'agency-office',
    may: ['read', 'report', 'scan'],
    sees: atTheDoor,
    why: ['QĐ45 16(5)a'],
  },
  { role: 'officer', relation: 'agency', may: ['read', 'report', 'scan'], sees: everything, why: ['QĐ45 8(1)'] },
  {
    role: 'supervisor',
    relation: 'origin',
    may: ['read', 'report', 'scan', 'audit'],
    sees: everything,
    why: ['judged: supervise'],
  },
  {
    role: 'supervisor',
    relation: 'delivery',
    may: ['read', 'report', 'scan', 'audit'],
    sees: everything,
    why: ['judged: supervise'],
  },
  {
    role: 'supervisor',
    relation: 'agency-office',
    may: ['read', 'report', 'scan', 'audit'],
    sees: atTheDoor,
    why: ['judged: supervise'],
  },
  {
    role: 'supervisor',
    relation: 'agency',
    may: ['read', 'report', 'scan', 'audit'],
    sees: everything,
    why: ['judged: supervise'],
  },
  { role: 'ops', relation: 'operator', may: ['read', 'audit'], sees: [], why: ['QĐ45 16(5)a'] },
];

function rightsOf(dossier: Route, party: Party): readonly Right[] {
  const relations = relationsOf(dossier, party);
  return rights.filter(({ role, relation }) => role === party.role && relations.includes(relation));
}

/** Whether this party may do this with the dossier. */
export function mayDo(dossier: Route, party: Party, deed: Deed): boolean {
  return rightsOf(dossier, party).some(({ may }) => may.includes(deed));
}

/** What of people this party sees. */
export function fieldsSeen(dossier: Route, party: Party): ReadonlySet<PersonField> {
  return new Set(rightsOf(dossier, party).flatMap(({ sees }) => sees));
}
