import { postOffices } from '../domain/catalogue/post-offices.ts';
import { procedures } from '../domain/catalogue/procedures.ts';
import type { SlipKeys } from './check-slips.ts';
import { escaped, page } from './html.ts';
import generated from './slip-check-script.json' with { type: 'json' };

/** The page runs the one script that it holds, asks nobody, and may look at pictures and through the camera. */
export const slipCheckHeaders = {
  'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; script-src '${generated.hash}'; img-src blob:; media-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'permissions-policy': 'camera=(self), geolocation=(), microphone=(), payment=(), usb=()',
};

const style = `
body { font: 1.0625rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 34rem; padding: 1rem; color: #111; background: #fff; }
h1 { font-size: 1.4rem; line-height: 1.3; }
[lang=en] { display: block; color: #4a4a4a; font-size: .9em; }
label { display: block; font-weight: 700; margin-top: 1rem; }
textarea, input { font: inherit; box-sizing: border-box; width: 100%; padding: .25rem .5rem; border: 2px solid #111; }
button { font: inherit; font-weight: 700; min-height: 2.75rem; margin-top: .75rem; padding: .25rem 1.25rem; border: 0; background: #00593a; color: #fff; }
button [lang=en] { color: inherit; font-weight: 400; }
output { display: block; margin-top: 1.5rem; border-left: .35rem solid #777; padding-left: .75rem; }
output[data-verdict=genuine] { border-color: #0b5; }
output[data-verdict=forged], output[data-verdict=ended], output[data-verdict=unknown-key] { border-color: #b00; }
output b { display: block; font-size: 1.25rem; }
video { width: 100%; }
:focus-visible { outline: 3px solid #05c; outline-offset: 2px; }`;

/** One file that checks slips: saved once, it needs no network. */
export function slipCheckPage(published: SlipKeys): string {
  const names = Object.fromEntries([
    ...postOffices.map(({ id, name }): [string, string] => [id, name.vi]),
    ...procedures.map(({ code, name }): [string, string] => [code, name.vi]),
  ]);
  // What is no script runs nothing; no word of it may end it.
  const data = JSON.stringify({ ...published, names }).replaceAll('<', '\\u003c');
  return page(
    'Kiểm tra phiếu gửi',
    style,
    `<main>
<h1>Kiểm tra phiếu gửi <span lang="en">Check a slip</span></h1>
<p>Tệp này kiểm tra chữ ký trong mã QR của phiếu gửi, không cần mạng. <span lang="en">This file checks the signature in a slip’s QR code, without a network.</span></p>
<p id="age"></p>
<label for="text">Nội dung mã QR <span lang="en">What the QR code says</span></label>
<textarea id="text" rows="5" autocomplete="off" spellcheck="false"></textarea>
<button id="check" type="button">Kiểm tra <span lang="en">Check</span></button>
<div id="pictures" hidden>
<label for="file">Ảnh của phiếu <span lang="en">A picture of the slip</span></label>
<input id="file" type="file" accept="image/*" capture="environment">
<button id="camera" type="button">Dùng máy ảnh <span lang="en">Use the camera</span></button>
<video id="video" hidden muted playsinline></video>
</div>
<output id="said" for="text" role="status"></output>
<noscript><p>Trang này cần JavaScript. <span lang="en">This page needs JavaScript.</span></p></noscript>
</main>
<script type="application/json" id="data">${data}</script>
<script>${generated.script}</script>`,
  );
}

/** Why there is none. */
export function slipCheckProblem({ detail, detailVi }: { readonly detail: string; readonly detailVi: string }): string {
  return page(
    'Kiểm tra phiếu gửi',
    style,
    `<main><p>${escaped(detailVi)} <span lang="en">${escaped(detail)}</span></p></main>`,
  );
}
