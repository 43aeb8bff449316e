import type { FrontDoor } from '../journey/dossier.ts';
import { localDay } from '../calendar/local-time.ts';
import type { Procedure, ReducedFee } from '../catalogue/procedures.ts';
import type { MessageChannel } from '../telling/wish.ts';
import type { Marked, Name, Standing } from '../catalogue/provenance.ts';
import type { Sources } from '../journey/sources.ts';
import { tariffOn, type Exemption, type Zone } from '../catalogue/tariff.ts';

/** What may be charged, and by which act. */
export const chargeFacts = {
  'state-fee': { vi: 'phí, lệ phí của cơ quan', en: 'the State’s fee', why: ['QĐ45 6(6)', 'QĐ45 11(1)b'] },
  'postage-inbound': { vi: 'cước gửi hồ sơ', en: 'postage in', why: ['QĐ45 12(1)', 'QĐ45 12(3)'] },
  'postage-return': { vi: 'cước trả kết quả', en: 'postage back', why: ['QĐ45 12(1)', 'QĐ45 12(3)'] },
  'postage-forwarding': { vi: 'cước chuyển tiếp', en: 'postage of a forwarding', why: ['LuậtBC 16(3)'] },
  'postage-withdrawal': { vi: 'cước rút lại', en: 'postage of a withdrawal', why: ['LuậtBC 16(2)'] },
  'messages': { vi: 'cước báo tin', en: 'messages asked for', why: ['TT17 12(2)b'] },
  'remittance': { vi: 'cước chuyển tiền lệ phí', en: 'carrying the fee', why: ['QĐ45 12(1)', 'QĐ45 12(3)'] },
} as const satisfies Record<string, Name & { readonly why: Sources }>;

/** One amount somebody pays the post, in whole đồng. */
interface QuoteLine {
  readonly kind: keyof typeof chargeFacts;
  readonly amount: number;
  readonly payer: 'sender' | 'recipient';
  readonly due: 'at-collection' | 'on-delivery';
  readonly standing: Standing;
}

export interface Quote {
  readonly lines: readonly QuoteLine[];
  readonly dueAtCollection: number;
  readonly dueOnDelivery: number;
  /** Frozen onto the dossier: a later tariff does not change what was agreed. */
  readonly tariffVersion: string;
  /**
   * The catalogue does not know the state fee: the clerk has to ask the agency, and nothing is collected for it here.
   */
  readonly stateFeeUnknown: boolean;
}

export interface QuoteQuestion {
  readonly procedure: Procedure;
  readonly frontDoor: FrontDoor;
  /** Whether the post brings the result. Always so for `result-only`. */
  readonly returnByPost: boolean;
  /** From where the post takes the dossier in to the agency. Without meaning for `result-only`. */
  readonly inboundZone: Zone;
  /** From the agency to the recipient. */
  readonly returnZone: Zone;
  /** Who pays less postage. */
  readonly exemption: Exemption | null;
  /** Who pays less state fee; the state's exemptions are not the post's. */
  readonly reducedFee: ReducedFee | null;
  /** How the citizen asks to be told; null for not at all. */
  readonly messages: MessageChannel | null;
  /** Epoch milliseconds. */
  readonly at: number;
}

/**
 * Postage after the exemption. Half of an odd amount is rounded down to a whole đồng, in the payer's favour; with the
 * ceilings
 * in force no odd amount arises.
 */
function afterExemption(postage: Marked<number>, exemption: Exemption | null): Pick<QuoteLine, 'amount' | 'standing'> {
  return {
    amount: Math.floor(postage.value * (exemption?.payable ?? 1)),
    standing: postage.standing,
  };
}

function sumDue(lines: readonly QuoteLine[], due: QuoteLine['due']): number {
  return lines.filter((line) => line.due === due).reduce((sum, line) => sum + line.amount, 0);
}

/**
 * What one dossier costs and when it is paid (QĐ 45/2016/QĐ-TTg, TT 22/2017/TT-BTTTT).
 * - `counter`, `pickup`: all at collection: the state fee, the postage in, the postage back when the result comes by
 *   post
 *   (two directions are summed), and the remittance when a state fee travels with the dossier.
 * - `result-only`: the state fee is paid where the dossier was lodged; the recipient pays the postage on delivery.
 *
 * Messages that the citizen asks for are paid with the postage; they are free where they cost nothing.
 * Exemptions lower the postage, never the state fee; that they leave the remittance alone is our reading.
 * Lines of 0 đồng stay in the list, so that an exempt citizen sees what was waived.
 * @throws RangeError when no tariff is in force at `at`
 */
export function quote(question: QuoteQuestion): Quote {
  const { procedure, frontDoor, returnByPost, inboundZone, returnZone, exemption, reducedFee, messages, at } = question;
  const tariff = tariffOn(localDay(at));
  if (!tariff) throw new RangeError(`No tariff is in force on ${localDay(at)}.`);

  const lines: QuoteLine[] = [];
  const sends = frontDoor !== 'result-only';
  const collected = { payer: 'sender', due: 'at-collection' } as const;
  const onDelivery = { payer: 'recipient', due: 'on-delivery' } as const;
  const stateFee = reducedFee?.amount ?? procedure.stateFee.value;

  if (sends) {
    if (stateFee !== null)
      lines.push({ kind: 'state-fee', amount: stateFee, ...collected, standing: procedure.stateFee.standing });
    lines.push({ kind: 'postage-inbound', ...afterExemption(tariff.postage[inboundZone], exemption), ...collected });
    if (returnByPost)
      lines.push({ kind: 'postage-return', ...afterExemption(tariff.postage[returnZone], exemption), ...collected });
    if (stateFee !== null && stateFee > 0) {
      lines.push({
        kind: 'remittance',
        amount: tariff.remittance.value,
        ...collected,
        standing: tariff.remittance.standing,
      });
    }
  } else {
    lines.push({ kind: 'postage-return', ...afterExemption(tariff.postage[returnZone], exemption), ...onDelivery });
  }

  const price = messages === null ? undefined : tariff.messages[messages];
  if (price !== undefined && price.value > 0)
    lines.push({
      kind: 'messages',
      amount: price.value,
      ...(sends ? collected : onDelivery),
      standing: price.standing,
    });

  return {
    lines,
    dueAtCollection: sumDue(lines, 'at-collection'),
    dueOnDelivery: sumDue(lines, 'on-delivery'),
    tariffVersion: tariff.version,
    stateFeeUnknown: sends && stateFee === null,
  };
}
