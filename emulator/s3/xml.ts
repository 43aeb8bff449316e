/** An XML element that is already escaped and closed. */
export interface Xml {
  readonly xml: string;
}

/** An element around text (escaped here), around other elements, or, for `undefined`, nothing at all. */
export function element(
  name: string,
  content: string | number | boolean | readonly Xml[] | undefined,
  attributes = '',
): Xml {
  if (content === undefined) return { xml: '' };
  const inner = typeof content === 'object' ? content.map((one) => one.xml).join('') : escapeXml(String(content));
  return { xml: `<${name}${attributes}>${inner}</${name}>` };
}

/** A whole document whose root is `root`. */
export function xmlDocument(root: Xml): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.xml}`;
}

/** The root of an answer in S3's own namespace. */
export function s3Document(name: string, content: readonly Xml[]): string {
  return xmlDocument(element(name, content, ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'));
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#13;',
};

function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"'\r]/g, (character) => escapes[character] ?? character);
}

/** The texts of every element `name` in `xml`, unescaped. Enough for the flat documents that clients send. */
export function textsOf(xml: string, name: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([^]*?)</${name}>`, 'g'))].map((match) =>
    unescapeXml(match[1] ?? ''),
  );
}

const entities = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

function unescapeXml(text: string): string {
  return text.replaceAll(
    /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
    (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
      if (name !== undefined) return entities.get(name) ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
