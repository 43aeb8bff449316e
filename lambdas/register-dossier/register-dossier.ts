import type { UseCase } from '../../contract/operation.ts';
import { dossierView } from '../../contract/dossier-view.ts';
import type { Person, registerDossier as operation } from '../../contract/register-dossier.ts';
import { mobileNumber } from '../../domain/codes/mobile-number.ts';
import type { Wish } from '../../domain/telling/wish.ts';
import type { Registrations } from '../../domain/people/door.ts';
import type { Dossier, Party } from '../../domain/journey/dossier.ts';
import { register, type NewIds } from '../../domain/journey/register.ts';

export interface RegisterDossierPorts {
  readonly open: Registrations<Person>;
  readonly now: () => number;
  /** Draws fresh identifiers. */
  readonly drawIds: () => NewIds;
  /** A one-way fingerprint of a text. */
  readonly fingerprint: (text: string) => string;
}

/**
 * Opens a dossier. Asked again with the same Idempotency-Key, it answers with the dossier that was opened the first
 * time.
 */
export function registerDossier({ open, now, drawIds, fingerprint }: RegisterDossierPorts): UseCase<typeof operation> {
  return async ({ idempotencyKey, body }, caller) => {
    const { applicant, submitter, receiver, messages, ...asked } = body;
    const person: Person = {
      ...applicant,
      ...(submitter === undefined ? {} : { submitter }),
      ...(receiver === undefined ? {} : { receiver }),
      ...(messages?.channel === 'email' ? { email: messages.email } : {}),
    };
    const wished = { ...asked, messages: messages && wishOf(messages, receiver?.phone) };
    const at = now();
    // The key salts the fingerprint, and is itself stored only as one: neither gives a person away.
    const key = fingerprint(`${caller.role} ${caller.unit} ${idempotencyKey}`);
    const request = fingerprint(`${idempotencyKey} ${JSON.stringify(body)}`);
    for (;;) {
      const decision = register(wished, caller, drawIds(), at);
      if (!decision.ok) return { refusal: decision.refusal };
      const written = await open({ step: decision.value, person, key, request });
      // A tracking code that another dossier has is drawn again.
      if (written === 'code-taken') continue;
      if (written === 'opened') return opened(decision.value.dossier, caller, at, 201);
      return again(written.before, request, caller, at);
    }
  };
}

function again(
  before: { readonly dossier: Dossier; readonly request: string },
  request: string,
  caller: Party,
  now: number,
) {
  if (before.request !== request) return { refusal: { name: 'IdempotencyKeyReused' as const } };
  return opened(before.dossier, caller, now, 200);
}

/** Messages go to mobile numbers; of whoever receives no e-mail is asked. */
function wishOf({ channel, language }: Pick<Wish, 'channel' | 'language'>, receiver: string | undefined): Wish {
  return {
    channel,
    language,
    toReceiver: receiver !== undefined && channel !== 'email' && mobileNumber(receiver) !== undefined,
  };
}

function opened(dossier: Dossier, caller: Party, now: number, status: 200 | 201) {
  return {
    status,
    body: dossierView(dossier, caller, now),
    headers: { location: `/v1/dossiers/${dossier.dossierId}` },
  };
}
