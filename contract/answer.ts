import type { Dossier, Party } from '../domain/journey/dossier.ts';
import type { Refusal } from '../domain/journey/refusals.ts';

/** What a use case answers when it says yes. */
export interface Answer {
  readonly status: 200 | 201;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What it answers when it says no; with the dossier, the caller is also told where it is and what is allowed. */
export interface Refused {
  readonly refusal: Refusal;
  readonly dossier?: Dossier;
}

/** One operation's logic: a parsed request from a known caller. Surprises are thrown. */
export type UseCase<Request> = (request: Request, caller: Party) => Promise<Answer | Refused>;
/** The same for the open routes. */
export type OpenUseCase<Request> = (request: Request) => Promise<Answer | Refused>;
