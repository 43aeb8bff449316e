import { describe, expect, it } from '@jest/globals';
import type { Party } from '../../../domain/journey/dossier.ts';
import { deeds, fieldsSeen, mayDo, personFields } from '../../../domain/people/rights.ts';
import { dossierAt } from '../journey/town.ts';

const dossier = dossierAt('AtAgency', {
  registeredBy: { role: 'portal', unit: 'one-stop-portal' },
  postOfficeId: 'PO-CHORA',
  deliveryPostOfficeId: 'PO-NARI',
  // Its hall is where the central post office is.
  agencyId: 'AG-PASC-BACKAN',
});

const working = ['read', 'report', 'scan'];
const supervising = [...working, 'audit'];
const all = ['fullName', 'phone', 'address', 'identityNumber', 'submitter', 'receiver'];
const atTheDoor = all.filter((field) => field !== 'identityNumber');

/** Who may do what, and what he sees of people, said a second time by hand. */
const people: readonly (readonly [Party['role'], unit: string, may: readonly string[], sees: readonly string[]])[] = [
  ['portal', 'one-stop-portal', working, all],
  ['portal', 'another-portal', [], []],
  ['clerk', 'PO-CHORA', working, all],
  ['clerk', 'PO-NARI', working, all],
  ['clerk', 'PO-BACKAN', working, atTheDoor],
  ['clerk', 'PO-NGANSON', [], []],
  ['courier', 'PO-CHORA', working, atTheDoor],
  ['courier', 'PO-NARI', working, atTheDoor],
  ['courier', 'PO-BACKAN', working, atTheDoor],
  ['courier', 'PO-NGANSON', [], []],
  ['officer', 'AG-PASC-BACKAN', working, all],
  ['officer', 'AG-BHXH', [], []],
  ['supervisor', 'PO-CHORA', supervising, all],
  ['supervisor', 'PO-NARI', supervising, all],
  ['supervisor', 'PO-BACKAN', supervising, atTheDoor],
  ['supervisor', 'AG-PASC-BACKAN', supervising, all],
  ['supervisor', 'AG-BHXH', [], []],
  ['ops', 'dossier-post', ['read', 'audit'], []],
  ['clock', 'journey', [], []],
];

describe('whoever has to do with a dossier', () => {
  it.each(people)(
    'a %s of %s may do with a dossier what is written here, and sees no more of people',
    (role, unit, may, sees) => {
      const party: Party = { role, unit };
      expect(deeds.filter((deed) => mayDo(dossier, party, deed))).toEqual(may);
      expect(personFields.filter((field) => fieldsSeen(dossier, party).has(field))).toEqual(sees);
    },
  );

  it('a clerk whose unit registered a dossier as a portal would is no portal', () => {
    const other = { ...dossier, registeredBy: { role: 'clerk', unit: 'one-stop-portal' } } as const;
    expect(mayDo(other, { role: 'portal', unit: 'one-stop-portal' }, 'read')).toBe(false);
  });
});
