import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { isCallable } from '../../domain/feeds/webhook.ts';

/** A name or an address leads into a network that is not everybody's. The message says nothing of where. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
  /** As Node's own errors of a connection. */
  readonly code = 'EADDRREFUSED';
}

/** Of IPv6, nothing else is given to anybody: https://www.iana.org/assignments/ipv6-address-space */
const globalUnicast = ipaddr.parseCIDR('2000::/3');

/**
 * Whether an address is one of the public internet: no private, loopback, link-local (where the clouds keep their
 * credentials), shared (CGNAT), multicast or reserved one, and none that carries another inside of it (IPv4 in IPv6,
 * NAT64, 6to4, Teredo).
 */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  return parsed.range() === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(globalUnicast));
}

/**
 * Whether anybody is called at an address: over HTTPS, at a name or at a public address. Node looks no name up where an
 * address is written, in whatever form: URL has made it the usual one.
 */
export function mayBeCalled(toLoopback: boolean) {
  return (url: string): boolean => {
    if (!isCallable(url, toLoopback) || !URL.canParse(url)) return false;
    const { protocol, hostname } = new URL(url);
    const host = hostname.replace(/^\[|\]$/g, '');
    return protocol === 'http:' || isIP(host) === 0 || isPublic(host);
  };
}

/**
 * Looks names up as Node does, and refuses those that lead anywhere else than into the public internet. The connection
 * goes to the very address that was looked at: a name that leads elsewhere a moment later gains nothing.
 * @param resolve looks a name up; Node's own by default
 */
export function publicLookup(resolve: typeof lookup = lookup): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '', 0);
      const [first] = addresses;
      // One that is not public makes the name somebody's trick.
      if (first === undefined || !addresses.every(({ address }) => isPublic(address)))
        return done(new AddressRefused('the name leads into no public network'), '', 0);
      return options.all === true ? done(null, addresses) : done(null, first.address, first.family);
    });
  };
}
