import { describe, expect, it } from '@jest/globals';
import { webOriginsFrom } from '../../lib/web-origins.ts';

describe('the origins of pages', () => {
  it('the origins of pages are none when the deployment names none', () => {
    expect(webOriginsFrom(undefined)).toEqual([]);
  });

  it('the origins of pages are the addresses between the commas, without their paths', () => {
    expect(webOriginsFrom('https://a.example.vn, https://b.example.vn/index.html')).toEqual([
      'https://a.example.vn',
      'https://b.example.vn',
    ]);
  });

  it.each(['http://a.example.vn', '*', 'a.example.vn', '', 'https://a.example.vn,', ['https://a.example.vn']])(
    'the origin %j is refused',
    (context) => {
      expect(() => webOriginsFrom(context)).toThrow();
    },
  );
});
