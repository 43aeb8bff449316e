// Sugar: the parts of the page that are marked as live follow what happens, as long as somebody can see them.
// Without this script a reload shows the same.
const everyMs = 2000;
const shown = new Map();

for (const part of document.querySelectorAll('[data-live]')) shown.set(part.id, part.outerHTML);
if (shown.size > 0) setInterval(follow, everyMs);

async function follow() {
  if (document.hidden) return;
  let text;
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    if (!answer.ok) return;
    text = await answer.text();
  } catch {
    // The local cloud has ended or starts again.
    return;
  }
  const page = new DOMParser().parseFromString(text, 'text/html');
  for (const part of page.querySelectorAll('[data-live]')) replace(part);
}

/**
 * What a person has opened, and where the keyboard is, stays.
 * @param {Element} part as it is now
 */
function replace(part) {
  const old = document.getElementById(part.id);
  if (old === null || shown.get(part.id) === part.outerHTML) return;
  shown.set(part.id, part.outerHTML);
  for (const { id } of old.querySelectorAll('details[open]'))
    part.querySelector(`#${CSS.escape(id)}`)?.setAttribute('open', '');
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const scrolled = [...old.querySelectorAll('.wide')].map((region) => region.scrollLeft);
  old.replaceWith(part);
  for (const [index, region] of part.querySelectorAll('.wide').entries()) region.scrollLeft = scrolled[index] ?? 0;
  if (focused !== null) focus(focused, part);
}

/**
 * Puts the keyboard onto what stands where `before` stood.
 * @param {Element} before
 * @param {Element} part
 */
function focus(before, part) {
  const name = before.hasAttribute('href') ? 'href' : 'aria-label';
  const same = [...part.querySelectorAll(before.localName)].find(
    (one) => one.getAttribute(name) === before.getAttribute(name),
  );
  if (same instanceof HTMLElement || same instanceof SVGElement) same.focus({ preventScroll: true });
}
