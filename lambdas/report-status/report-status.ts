import type { UseCase } from '../../contract/operation.ts';
import { placeView, tellingView } from '../../contract/dossier-view.ts';
import type { reportStatus as operation } from '../../contract/report-status.ts';
import { nationalStatusOf } from '../../domain/journey/status.ts';
import type { TakeStatus } from '../../domain/status/take-status.ts';

/** Takes in what an agency's one-stop system says of a dossier. */
export function reportStatus(takeStatus: TakeStatus): UseCase<typeof operation> {
  return async ({ path: { dossierId }, body }, caller) => {
    const { messageId, status, at, reason, resultDueAt, amountDue } = body;
    const taken = await takeStatus({
      dossierId,
      messageId,
      status,
      at,
      by: caller,
      ...(reason === undefined ? {} : { reason }),
      ...(resultDueAt === undefined ? {} : { resultDueAt }),
      ...(amountDue === undefined ? {} : { amountDue }),
    });
    if ('refusal' in taken) return taken;
    const { outcome, dossier } = taken;
    const now = { outcome, nationalStatus: nationalStatusOf(dossier), place: placeView(dossier.place) };
    if (outcome === 'same' || 'refusal' in taken.taken) return { status: 200, body: now };
    const event = 'note' in taken.taken ? taken.taken.note : taken.taken.event;
    const isNew = taken.taken.isNew;
    return {
      status: isNew ? (outcome === 'parked' ? 202 : 201) : 200,
      body: { ...now, event: tellingView(event) },
    };
  };
}
