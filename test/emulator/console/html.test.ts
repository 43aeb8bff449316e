import { describe, expect, it } from '@jest/globals';
import { html } from '../../../emulator/console/html.ts';

describe('a template', () => {
  it('a template lets no text become a tag', () => {
    expect(html`<p>${'<script>alert(1)</script>'}</p>`.text).toBe('<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>');
  });

  it('a template lets no text leave its attribute', () => {
    expect(html`<a title="${'" onclick="alert(1)'}" lang='${"' x='"}'></a>`.text).toBe(
      '<a title="&quot; onclick=&quot;alert(1)" lang=\'&#39; x=&#39;\'></a>',
    );
  });

  it('a template escapes an ampersand once, so that what is read is what was written', () => {
    expect(html`${'&lt; & Nguyễn Thị Ưởng'}`.text).toBe('&amp;lt; &amp; Nguyễn Thị Ưởng');
  });

  it('a template takes a template in a template as it is', () => {
    expect(html`<ul>${['a', '<'].map((word) => html`<li>${word}</li>`)}</ul>`.text).toBe(
      '<ul><li>a</li><li>&lt;</li></ul>',
    );
  });

  it('a template shows numbers, zero too, and nothing for what is not there', () => {
    expect(html`${0}${7}${undefined}${false}${''}`.text).toBe('07');
  });
});
