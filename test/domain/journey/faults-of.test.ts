import { describe, expect, it } from '@jest/globals';
import { faultOf, reasons } from '../../../domain/journey/events.ts';

describe('a trip in vain', () => {
  it.each([
    ['PickupFailed', 'Registered', 'citizen-absent', 'citizen'],
    ['DeliveryFailed', 'AwaitingRedelivery', 'receiver-absent', 'citizen'],
    ['DeliveryFailed', 'ReturningToAgency', 'receiver-refused', 'citizen'],
    ['HandoverFailed', 'InTransitToAgency', 'receiver-absent', 'agency'],
    ['ReturnFailed', 'ReturningToAgency', 'receiver-absent', 'agency'],
    ['ReturnFailed', 'ReturningToCitizen', 'receiver-absent', 'citizen'],
    ['DeliveryFailed', 'AwaitingRedelivery', 'weather-or-road', 'nobody'],
    ['DeliveryFailed', 'AwaitingRedelivery', 'not-found-in-bag', 'post'],
    ['DeliveryFailed', 'AwaitingRedelivery', 'citizen-asked', undefined],
    ['Withdrawn', 'ReturningToCitizen', 'citizen-absent', undefined],
  ] as const)('a trip in vain (%s to %s) for %s is the fault of: %s', (type, to, reason, side) => {
    expect(faultOf(type, to, { reason })).toBe(side);
  });

  it('a trip in vain of which no reason was given is nobody’s fault yet', () => {
    expect(faultOf('DeliveryFailed', 'AwaitingRedelivery', {})).toBeUndefined();
    expect(reasons).toContain('weather-or-road');
  });
});
