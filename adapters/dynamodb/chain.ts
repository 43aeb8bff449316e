import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Step } from '../../domain/journey/step.ts';
import { eventItem } from './items.ts';

/** What a link of the chain is made of: an event as it stands in the book, without its own digest. */
const Link = z.looseObject({ number: z.int(), previous: z.string().optional(), digest: z.string().optional() });

/** The same text for the same content, however its fields are ordered: JSON with its keys sorted, without spaces. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}

/** SHA-256 over the sorted JSON, in base64url. */
export function digestOfJson(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('base64url');
}

function digestOf({ digest: _own, ...link }: z.infer<typeof Link>): string {
  return digestOfJson(link);
}

/**
 * The step as it is written: the event names the digest of the one that arrived before it, and bears its own, which the
 * head keeps for the next (SHA-256 over the item's sorted JSON, base64url). Nobody can change, take out or put in an
 * event afterwards without every later one telling. What is sealed stays as it is.
 */
export function sealed(step: Step): Step {
  if (step.event.digest !== undefined) return step;
  const { digest: previous } = step.dossier;
  const event = { ...step.event, ...(previous === undefined ? {} : { previous }) };
  const digest = digestOf(Link.parse(z.encode(eventItem, event)));
  return { ...step, event: { ...event, digest }, dossier: { ...step.dossier, digest } };
}

/**
 * What is wrong with a chain of events as they stand in the book or in an export, in the order of their numbers.
 * What was written before events were chained is passed over.
 * @returns a sentence for each fault; none for a whole chain
 */
export function brokenLinks(items: readonly unknown[]): readonly string[] {
  const links = items.map((item) => Link.parse(item));
  return links.flatMap((link, index) => {
    const before = links[index - 1];
    const faults: string[] = [];
    if (link.number !== index + 1)
      faults.push(`event ${index + 1} is missing, or event ${link.number} is out of place`);
    if (link.digest === undefined && before?.digest !== undefined) faults.push(`event ${link.number} bears no digest`);
    if (link.digest !== undefined && link.digest !== digestOf(link))
      faults.push(`event ${link.number} is not what was written`);
    if (link.digest !== undefined && link.previous !== before?.digest)
      faults.push(`event ${link.number} does not follow event ${link.number - 1} as it stands here`);
    return faults;
  });
}
