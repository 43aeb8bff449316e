import { describe, expect, it } from '@jest/globals';
import { networkOf } from '../../../adapters/http/network.ts';

describe('a network address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2405:4802:1a2b:3c00:aaaa:bbbb:cccc:dddd', '2405:4802:1a2b:3c00::/64'],
    ['2405:4802:1A2B:3C00::1', '2405:4802:1a2b:3c00::/64'],
    ['2405:4802::1', '2405:4802:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['2405:4802:1:2:3:4:5::', '2405:4802:1:2::/64'],
  ])('a network address like %s is counted as %s', (sourceIp, network) => {
    expect(networkOf(sourceIp)).toBe(network);
  });
});
