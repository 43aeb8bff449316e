import { addressOf } from '../../domain/catalogue/address.ts';
import { findAgency } from '../../domain/catalogue/agencies.ts';
import { findCommune } from '../../domain/catalogue/communes.ts';
import { findPostOffice } from '../../domain/catalogue/post-offices.ts';
import type { Dossier, Leg } from '../../domain/journey/dossier.ts';
import type { Block } from './layout.ts';
import type { Paper, Sources } from './print-paper.ts';
import { citizenAddress } from './slip.ts';

const toAgency: readonly Leg['kind'][] = ['inbound', 'supplement'];

/** The carriage that began last and has not ended. */
export function legOnItsWay({ legs }: Pick<Dossier, 'legs'>): Leg | undefined {
  return legs.findLast(({ until }) => until === undefined);
}

export function goesToAgency({ kind }: Leg): boolean {
  return toAgency.includes(kind);
}

/**
 * The label on the item that set out last and has not arrived: its code, and where it goes. Anybody may see it: no
 * telephone, no procedure, and a name only where it is the name of whoever is to get it.
 * @returns undefined where no item has set out
 */
export async function labelOf({ dossier, person }: Sources): Promise<Paper | undefined> {
  const leg = legOnItsWay(dossier);
  if (leg === undefined) return undefined;
  const agency = findAgency(dossier.agencyId);
  const agencyLine = `${agency?.name.vi ?? dossier.agencyId}, ${addressOf(findCommune(agency?.communeId ?? '')).vi}`;
  const officeOf = (id: string): string => findPostOffice(id)?.name.vi ?? id;
  const citizen = async (): Promise<string> => {
    const seen = await person();
    return seen === undefined ? '' : `${seen.person.fullName}, ${citizenAddress(dossier, seen.person.address)}`;
  };
  const [from, to, by] = goesToAgency(leg)
    ? [officeOf(dossier.postOfficeId), agencyLine, undefined]
    : [agencyLine, await citizen(), officeOf(dossier.deliveryPostOfficeId)];
  const copy: readonly Block[] = [
    { text: 'Dịch vụ nhận gửi hồ sơ, chuyển trả kết quả thủ tục hành chính', look: 'head' },
    { bars: leg.itemCode },
    { text: leg.itemCode, look: 'code' },
    { label: 'Từ', text: from, look: 'code' },
    { label: 'Đến', text: to, look: 'title' },
    ...(by === undefined ? [] : [{ label: 'Bưu cục phát', text: by, look: 'code' } as const]),
  ];
  return { name: `label#${leg.itemCode}`, title: 'NHÃN BƯU GỬI', copies: [copy] };
}
