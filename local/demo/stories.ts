import { addWorkingDays, agencyCalendar, postCalendar } from '../../domain/calendar/working-calendar.ts';
import { itemCode } from '../../domain/codes/item-code.ts';
import type { RegisterBody } from '../../client/api-client.ts';
import { photo, scannedPapers } from './scans.ts';
import type { Speaker, Traveller } from './traveller.ts';

/** One dossier of the demo: who opens it, what is asked for, and how it travels. The people are made up. */
export interface Story {
  readonly vi: string;
  readonly en: string;
  readonly opener: Speaker;
  readonly registration: RegisterBody;
  readonly travel: (dossier: Traveller) => Promise<void>;
}

function clerk(unit: string): Speaker {
  return { role: 'clerk', unit };
}
function courier(unit: string): Speaker {
  return { role: 'courier', unit };
}
function officer(unit: string): Speaker {
  return { role: 'officer', unit };
}
function iso(instant: number): string {
  return new Date(instant).toISOString();
}
function inWorkingDays(dossier: Traveller, days: number): string {
  return iso(addWorkingDays(dossier.now(), days, agencyCalendar));
}

/** A label from the roll at the counter; every leg takes a new one. */
function label(serial: number): string {
  return itemCode('RA', String(serial).padStart(8, '0'), 'VN');
}

const atTheCounter: Story = {
  vi: 'Nộp tại quầy bưu điện',
  en: 'Handed in at the post office counter; nothing goes wrong',
  opener: clerk('PO-NARI'),
  registration: {
    frontDoor: 'counter',
    messages: { channel: 'sms', language: 'vi' },
    procedureCode: '2.000488',
    agencyId: 'AG-PASC-BACKAN',
    postOfficeId: 'PO-NARI',
    communeId: 'CM-02155',
    applicant: { fullName: 'Nông Thị Ví Dụ', phone: '0900 000 001', address: 'Thôn Mẫu, xã Na Rì, tỉnh Thái Nguyên' },
  },
  travel: async (dossier) => {
    const { charges } = dossier.dossier;
    const papers = { originals: 1, copies: 1 };
    await dossier.bringScan(clerk('PO-NARI'), scannedPapers());
    await dossier.later(10);
    await dossier.report(clerk('PO-NARI'), 'Collected', {
      papers,
      // Line by line as the agency has published them; the original comes back with the result.
      documents: [
        { document: 0, form: 'original', count: 1 },
        { document: 1, form: 'copy', count: 1 },
      ],
      feeReceipt: 'BL-0001234',
      sealNumber: 'NR-0001',
      amountCollected: charges.dueAtCollection,
    });
    await dossier.later(6 * 60);
    await dossier.report(clerk('PO-NARI'), 'Dispatched', { itemCode: label(10_000_017) });
    await dossier.nextMorning(agencyCalendar);
    await dossier.later(90);
    const agency = officer('AG-PASC-BACKAN');
    await dossier.report(courier('PO-NARI'), 'HandoverOffered', { papers, feeHandedOver: charges.stateFee });
    await dossier.report(agency, 'HandedToAgency', {
      papers,
      sealIntact: true,
      feeHandedOver: charges.stateFee,
      resultDueAt: inWorkingDays(dossier, 10),
    });
    await dossier.later(20);
    await dossier.report(clerk('PO-NARI'), 'CitizenTold', { told: 'due-date', channel: 'phone' });
    for (let day = 1; day <= 9; day += 1) await dossier.nextMorning(agencyCalendar);
    await dossier.report(agency, 'ResultAnnounced');
    await dossier.later(2 * 60);
    await dossier.report(clerk('PO-NARI'), 'ResultCollected', {
      itemCode: label(10_000_025),
      papers: { originals: 1, copies: 0 },
    });
    await dossier.nextMorning(postCalendar);
    await dossier.report(courier('PO-NARI'), 'OutForDelivery');
    await dossier.later(75);
    await handOver(dossier, courier('PO-NARI'), 'self', 'Nông Thị Ví Dụ');
  },
};

const collectedAtHome: Story = {
  vi: 'Bưu tá thu gom tại nhà',
  en: 'Collected at home by the postman; nobody is in at the first delivery',
  opener: { role: 'portal' },
  registration: {
    frontDoor: 'pickup',
    messages: { channel: 'sms', language: 'vi' },
    procedureCode: '1.001776',
    agencyId: 'AG-UBND-01933',
    communeId: 'CM-01933',
    exemption: 'poor-household',
    applicant: {
      fullName: 'Hoàng Văn Thí Dụ',
      phone: '0900 000 002',
      address: 'Thôn Thử, xã Đồng Phúc, tỉnh Thái Nguyên',
    },
  },
  travel: async (dossier) => {
    const { charges } = dossier.dossier;
    const papers = { originals: 3, copies: 2 };
    const postman = courier('PO-CHORA');
    await dossier.later(45);
    const pickupAt = addWorkingDays(dossier.now(), 1, postCalendar) - 8 * 3_600_000;
    await dossier.report(clerk('PO-CHORA'), 'PickupAgreed', {
      appointment: { from: iso(pickupAt), until: iso(pickupAt + 2 * 3_600_000) },
    });
    await dossier.until(pickupAt + 35 * 60_000);
    await dossier.bringScan(postman, photo());
    await dossier.report(postman, 'Collected', {
      papers,
      sealNumber: 'CR-0042',
      amountCollected: charges.dueAtCollection,
    });
    await dossier.later(5 * 60);
    await dossier.report(clerk('PO-CHORA'), 'Dispatched', { itemCode: label(10_000_034) });
    await dossier.nextMorning(agencyCalendar);
    const agency = officer('AG-UBND-01933');
    await dossier.later(120);
    await dossier.report(agency, 'HandedToAgency', {
      papers,
      sealIntact: true,
      feeHandedOver: charges.stateFee,
      resultDueAt: inWorkingDays(dossier, 15),
    });
    await dossier.later(30);
    await dossier.report({ role: 'portal' }, 'CitizenTold', { told: 'due-date', channel: 'sms' });
    for (let day = 1; day <= 14; day += 1) await dossier.nextMorning(agencyCalendar);
    await dossier.report(agency, 'ResultAnnounced');
    await dossier.later(3 * 60);
    await dossier.report(postman, 'ResultCollected', { itemCode: label(10_000_048) });
    await dossier.nextMorning(postCalendar);
    await dossier.report(postman, 'OutForDelivery');
    await dossier.later(150);
    const tomorrow = addWorkingDays(dossier.now(), 1, postCalendar);
    await dossier.report(postman, 'DeliveryFailed', {
      reason: 'receiver-absent',
      solution: 'redeliver',
      nextAttemptAt: iso(tomorrow),
    });
    await dossier.nextMorning(postCalendar);
    await dossier.report(postman, 'OutForDelivery');
    await dossier.later(110);
    await handOver(dossier, postman, 'spouse', 'Lục Thị Mẫu');
  },
};

const onlyTheResult: Story = {
  vi: 'Nộp trực tiếp tại cơ quan, bưu điện chỉ phát kết quả',
  en: 'Lodged in person, the post brings the result; the agency misses its date, and the clock says so',
  opener: officer('AG-UBND-01840'),
  registration: {
    frontDoor: 'result-only',
    messages: { channel: 'email', language: 'vi', email: 'vi.du@example.vn' },
    procedureCode: '1.001193',
    agencyId: 'AG-UBND-01840',
    communeId: 'CM-01843',
    applicant: {
      fullName: 'Triệu Thị Giả Định',
      phone: '0900 000 003',
      address: 'Tổ 0, phường Bắc Kạn, tỉnh Thái Nguyên',
    },
  },
  travel: async (dossier) => {
    const agency = officer('AG-UBND-01840');
    const postman = courier('PO-BACKAN');
    await dossier.later(20);
    await dossier.report(agency, 'LodgedAtAgency', {
      papers: { originals: 2, copies: 0 },
      resultDueAt: inWorkingDays(dossier, 3),
    });
    // The date passes and nobody reports: the execution's own deadline wakes it, and the reminder is the clock's.
    for (let day = 1; day <= 4; day += 1) await dossier.nextMorning(agencyCalendar);
    await dossier.report(agency, 'DueDateMoved', {
      resultDueAt: inWorkingDays(dossier, 1),
      reason: 'agency-needs-time',
    });
    await dossier.nextMorning(agencyCalendar);
    await dossier.report(agency, 'ResultAnnounced');
    await dossier.later(60);
    await dossier.report(clerk('PO-BACKAN'), 'ResultCollected', {
      itemCode: label(10_000_051),
      papers: { originals: 1, copies: 0 },
    });
    await dossier.later(90);
    await dossier.report(postman, 'OutForDelivery');
    await dossier.later(40);
    await handOver(dossier, postman, 'self', 'Triệu Thị Giả Định');
  },
};

/** At the door: the receiver, what he shows of who he is, his signature on the slip, and what is still to be paid. */
async function handOver(dossier: Traveller, by: Speaker, relationship: 'self' | 'spouse', name: string): Promise<void> {
  const sha256 = await dossier.bringScan(by, photo());
  await dossier.report(by, 'Delivered', {
    receiver: { name, relationship },
    identityPaper: 'citizen-card',
    ...(relationship === 'self' ? {} : { authorityShown: true }),
    evidence: [{ kind: 'slip', sha256 }],
    amountCollected: dossier.dossier.charges.dueOnDelivery,
  });
}

/** One through each front door. */
export const stories: readonly Story[] = [atTheCounter, collectedAtHome, onlyTheResult];
