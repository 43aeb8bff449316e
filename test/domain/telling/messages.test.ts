import { describe, expect, it } from '@jest/globals';
import { postOffices } from '../../../domain/catalogue/post-offices.ts';
import { messageNames, newsList } from '../../../domain/telling/messages.ts';
import { languages } from '../../../domain/telling/wish.ts';
import { rendered } from '../../../domain/telling/render.ts';
import { smsLength } from '../../../domain/telling/sms.ts';
import type { Dossier } from '../../../domain/journey/dossier.ts';
import { places } from '../../../domain/journey/places.ts';
import { monday, opening, registered } from '../journey/town.ts';

/** Everything that is put into words is as long as it gets. */
const longest = postOffices.toSorted((one, other) => other.name.vi.length - one.name.vi.length)[0]?.id ?? '';
const dossier: Dossier = {
  ...registered('pickup'),
  postOfficeId: longest,
  deliveryPostOfficeId: longest,
  resultDueAt: monday,
  dueAt: monday,
  charges: { ...registered('pickup').charges, dueAtCollection: 1_234_000, dueOnDelivery: 1_234_000 },
};
const { event } = opening('pickup');
const told = { ...event, details: { appointment: { from: monday, until: monday } } };

describe('the messages', () => {
  it.each(messageNames.flatMap((message) => languages.map((language) => [message, language] as const)))(
    'the message %s in %s is one short message of the plain alphabet, wherever the papers are',
    (message, language) => {
      for (const place of places) {
        const { text } = rendered({ message, channel: 'sms', language }, { ...dossier, place }, told);
        expect([text, smsLength(text)]).toEqual([text, expect.objectContaining({ alphabet: 'GSM-7', parts: 1 })]);
        expect(text).not.toMatch(/[{}]|undefined|NaN|: \.| {2}/);
      }
    },
  );

  it.each(messageNames)('the message %s says by its code which dossier it is about, in both languages', (message) => {
    for (const language of languages)
      expect(rendered({ message, channel: 'email', language }, dossier, told).text).toContain(
        '123-456-789-012-345-671',
      );
  });

  it('the messages keep their marks in an e-mail and leave them out of a short message', () => {
    const at = { ...dossier, place: 'AtAgency' } as const;
    expect(rendered({ message: 'at-agency', channel: 'email', language: 'vi' }, at, told)).toEqual({
      subject: 'Hồ sơ 123-456-789-012-345-671',
      text: 'Cơ quan đã nhận hồ sơ 123-456-789-012-345-671, hẹn trả kết quả 02/03/2026.',
    });
    expect(rendered({ message: 'at-agency', channel: 'sms', language: 'vi' }, at, told).text).toBe(
      'Co quan da nhan ho so 123-456-789-012-345-671, hen tra ket qua 02/03/2026.',
    );
  });

  it('the messages name the day, the hour and the money as people read them', () => {
    expect(rendered({ message: 'pickup-agreed', channel: 'zalo', language: 'vi' }, dossier, told).text).toBe(
      'Bưu tá hẹn đến nhà lấy hồ sơ 123-456-789-012-345-671 lúc 08:00 02/03/2026. Hãy chuẩn bị 1.234.000 đ.',
    );
  });

  it('the messages name the office where the papers are now', () => {
    const apart = { ...dossier, postOfficeId: 'PO-BACKAN', deliveryPostOfficeId: 'PO-NARI' };
    const delivered = { message: 'delivered', channel: 'email', language: 'vi' } as const;
    expect(rendered(delivered, { ...apart, place: 'HeldAtPostOffice' }, told).text).toContain('Na Rì');
    expect(rendered(delivered, { ...apart, place: 'Collected' }, told).text).toContain('Bắc Kạn');
  });

  it('the messages on a happy road are six at most', () => {
    const road = ['PickupAgreed', 'Collected', 'HandedToAgency', 'ResultCollected', 'OutForDelivery', 'Delivered'];
    const byPost = newsList.filter(([name]) => name !== 'result-at-agency');
    expect(byPost.filter(([, { on }]) => road.some((type) => on.some((one) => one === type))).length).toBeLessThan(7);
  });
});
