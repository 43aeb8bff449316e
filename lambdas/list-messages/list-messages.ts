import type { UseCase } from '../../contract/operation.ts';
import { messagesView, type listMessages as operation } from '../../contract/list-messages.ts';
import { asJudged } from '../../domain/journey/judged.ts';
import type { Door, OpenedMessages } from '../../domain/people/door.ts';

/** Shows the parties of a dossier, and ops, of which facts people were told, and why of the others they were not. */
export function listMessages(door: Door<OpenedMessages>): UseCase<typeof operation> {
  return async ({ path: { dossierId } }, caller) => {
    const opened = await door.open(dossierId, caller, 'read');
    if (!opened) return { refusal: { name: 'UnknownDossier' } };
    const [timeline, tellings] = await Promise.all([opened.timeline(), opened.tellings()]);
    return { status: 200, body: messagesView(opened.dossier.messages, asJudged(timeline).all, tellings) };
  };
}
