import { describe, expect, it } from '@jest/globals';
import { textsOf } from '../../../emulator/s3/xml.ts';

describe('a text in XML', () => {
  it.each([
    ['&lt;1&gt; &amp; &quot;2&quot; &apos;', `<1> & "2" '`],
    ['&#x1F4EE; &#233;', '📮 é'],
    ['&constructor; &__proto__; &toString;', '&constructor; &__proto__; &toString;'],
    ['&#x110000; &#9999999999;', '&#x110000; &#9999999999;'],
  ])('%s is read as %s', (written, read) => {
    expect(textsOf(`<Key>${written}</Key>`, 'Key')).toEqual([read]);
  });
});
