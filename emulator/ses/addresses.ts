/** An address of e-mail, alone or behind a name: `Post <post@example.org>`. */
export function addressIn(text: string): string {
  return /<([^<>]*)>\s*$/.exec(text)?.[1] ?? text.trim();
}

/** What is wrong with an address, in SES's words; undefined for one that it takes. It takes ASCII alone. */
export function faultOf(text: string): string | undefined {
  const address = addressIn(text);
  const at = address.lastIndexOf('@');
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)];
  if (at < 1 || domain === '') return "Missing final '@domain'";
  if (!/^[\x21-\x7e]+$/.test(local) || /[<>(),;:\\"@[\]]/.test(local))
    return 'Local address contains control or whitespace';
  if (!/^[a-z\d-]+(?:\.[a-z\d-]+)+$/i.test(domain)) return 'Domain contains control or whitespace';
  return /^[\x20-\x7e]*$/.test(text) ? undefined : 'Illegal address';
}

/**
 * Which identity sends for an address: the address itself where it is one, or the nearest of its domains.
 * https://docs.aws.amazon.com/ses/latest/dg/creating-identities.html: a domain stands for all below it.
 */
export function identityOf(from: string, identities: Iterable<string>): string | undefined {
  const address = addressIn(from);
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1).toLowerCase();
  const names = domain.split('.').map((_part, index, parts) => parts.slice(index).join('.'));
  const known = new Map([...identities].map((identity) => [inOneForm(identity), identity]));
  return [inOneForm(address), ...names].flatMap((name) => known.get(name) ?? [])[0];
}

/** Of an address, the domain alone may be written either way. */
function inOneForm(identity: string): string {
  const at = identity.lastIndexOf('@');
  return `${identity.slice(0, at + 1)}${identity.slice(at + 1).toLowerCase()}`;
}
