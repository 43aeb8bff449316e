import { localDay } from '../calendar/local-time.ts';
import { findAgency } from '../catalogue/agencies.ts';
import { findPostOffice } from '../catalogue/post-offices.ts';
import { tariffOn, zoneBetween } from '../catalogue/tariff.ts';
import type { Charges, Dossier, JourneyEvent } from '../journey/dossier.ts';
import type { chargeFacts } from './quote.ts';

type Line = Charges['lines'][number] & { readonly kind: keyof typeof chargeFacts };

/**
 * What an event adds to what is to be paid, by the tariff of the day on which the dossier was registered or, where that
 * is not known, of its own: a fee that was asked of the agency, postage of a result that is sent after all, of a
 * forwarding, of a withdrawal (Law on Post art. 16(2)-(3)).
 * @returns charge lines in đồng; none for an event that adds nothing
 */
export function addedCharges(dossier: Dossier, { type, details, occurredAt }: JourneyEvent): readonly Line[] {
  const tariff = tariffOn(localDay(occurredAt));
  const agency = findAgency(dossier.agencyId);
  const [origin, delivery, next] = [dossier.postOfficeId, dossier.deliveryPostOfficeId, details.postOfficeId ?? ''].map(
    findPostOffice,
  );
  const postage = (
    kind: Line['kind'],
    one: Parameters<typeof zoneBetween>[0] | undefined,
    other: Parameters<typeof zoneBetween>[0] | undefined,
  ): readonly Line[] =>
    tariff && one && other ? [{ kind, amount: tariff.postage[zoneBetween(one, other)].value, due: 'on-delivery' }] : [];
  const amount = details.amountDue ?? 0;
  switch (type) {
    case 'ChargesConfirmed':
      return [
        { kind: 'state-fee', amount, due: 'at-collection' },
        ...(tariff && amount > 0
          ? [{ kind: 'remittance', amount: tariff.remittance.value, due: 'at-collection' } as const]
          : []),
      ];
    case 'ResultAnnounced':
      return details.amountDue === undefined ? [] : [{ kind: 'state-fee', amount, due: 'on-delivery' }];
    case 'ReturnWayChanged':
      return details.returnBy === 'post' && !dossier.charges.lines.some(({ kind }) => kind === 'postage-return')
        ? postage('postage-return', agency, delivery)
        : [];
    case 'Redirected':
      return postage('postage-forwarding', delivery, next);
    case 'Withdrawn':
      return postage('postage-withdrawal', agency, origin);
    default:
      return [];
  }
}

/** Another forwarding makes the same line longer: it says what is owed for what, and the events say when it came. */
function withLine(lines: Charges['lines'], line: Charges['lines'][number]): Charges['lines'] {
  const known = lines.findIndex(
    ({ kind, due }) => kind === line.kind && due === line.due && kind === 'postage-forwarding',
  );
  return known < 0
    ? [...lines, line]
    : lines.map((one, index) => (index === known ? { ...one, amount: one.amount + line.amount } : one));
}

/** Charges with what an event adds: what was agreed stays as it was. */
export function withAdded(charges: Charges, added: readonly Charges['lines'][number][]): Charges {
  if (added.length === 0) return charges;
  const { stateFeeUnknown, ...known } = charges;
  const sum = (due: Charges['lines'][number]['due']): number =>
    added.filter((line) => line.due === due).reduce((all, { amount }) => all + amount, 0);
  // What travels with the papers; what is taken at the door goes back to the agency by itself.
  const confirmed = added.find(({ kind, due }) => kind === 'state-fee' && due === 'at-collection');
  return {
    ...known,
    ...(stateFeeUnknown === undefined || confirmed !== undefined ? {} : { stateFeeUnknown }),
    stateFee: charges.stateFee + (confirmed?.amount ?? 0),
    dueAtCollection: charges.dueAtCollection + sum('at-collection'),
    dueOnDelivery: charges.dueOnDelivery + sum('on-delivery'),
    lines: added.reduce(withLine, charges.lines),
  };
}
