import { findCommune } from '../../domain/catalogue/communes.ts';
import { findProcedure } from '../../domain/catalogue/procedures.ts';
import { findAgency } from '../../domain/catalogue/agencies.ts';
import { showTrackingCode } from '../../domain/codes/tracking-code.ts';
import { factsOf } from '../../domain/journey/places.ts';
import type { DossierAnswer, EventAnswer } from '../../client/api-client.ts';
import type { ExecutionSummary } from './execution.ts';
import type { Carried } from './carry.ts';
import { detailsInWords, inDecimals, inDong, inLocalTime, speakerInWords } from './words.ts';

const width = 100;

/**
 * One dossier's story on paper: what was asked for, every event, and what the state machine did. No line is wider than
 * 100 characters.
 */
export function narrate(carried: Carried, number: number, of: number): string {
  const { story, dossier, execution, virtualDays, wallMs } = carried;
  return [
    '─'.repeat(width),
    ...filled(`Hồ sơ ${number}/${of}  ${story.vi} (${dossier.frontDoor})`),
    ...filled(story.en, '           '),
    '',
    ...introduction(carried),
    '',
    ...dossier.timeline.flatMap(eventLines),
    '',
    ...paperLines(carried),
    ...toldLines(carried),
    ...machineLines(execution),
    ...labelled(
      'Thời gian',
      `${inDecimals(virtualDays)} ngày trên đồng hồ ảo (virtual days), ${inDecimals(wallMs / 1000)} s thật (wall time)`,
    ),
    '',
  ].join('\n');
}

/** What the portal's own system was called with. */
export function heardInWords(heard: readonly string[]): string {
  const types = heard.map((type) => type.replace('dossier-post.', ''));
  return labelled('Webhook', `${heard.length} sự kiện, chữ ký đúng (signed events): ${types.join(', ')}`).join('\n');
}

function toldLines({ told }: Carried): readonly string[] {
  return told.flatMap(({ channel, text, at }) =>
    labelled(channel === 'sms' ? 'Tin nhắn' : 'Thư điện tử', `${inLocalTime(Date.parse(at))}  ${text}`),
  );
}

function introduction({ story: { registration }, dossier, scans }: Carried): readonly string[] {
  return [
    ...labelled('Thủ tục', `${findProcedure(registration.procedureCode)?.name.vi} (${registration.procedureCode})`),
    ...labelled('Cơ quan', findAgency(dossier.agencyId)?.name.vi ?? dossier.agencyId),
    ...labelled(
      'Công dân',
      `${registration.applicant.fullName}, ${findCommune(registration.communeId)?.name.vi} (nhân vật hư cấu, made up)`,
    ),
    ...labelled('Mã tra cứu', showTrackingCode(dossier.trackingCode)),
    ...labelled('Cước, phí', chargesInWords(dossier.charges)),
    ...labelled(
      'Bản quét',
      scans.map(({ contentType, size }) => `${contentType} ${Math.ceil(size / 1024)}\u00A0KiB`).join(', ') +
        ': đã kiểm tra (verified)',
    ),
  ];
}

const kinds: Readonly<Record<string, string>> = {
  'state-fee': 'lệ phí',
  'postage-inbound': 'cước gửi đi',
  'postage-return': 'cước trả kết quả',
  'remittance': 'cước chuyển lệ phí',
  'messages': 'cước báo tin',
};

function chargesInWords({ lines, dueAtCollection, dueOnDelivery }: DossierAnswer['charges']): string {
  const parts = lines.map(({ kind, amount }) => `${kinds[kind] ?? kind} ${inDong(amount)}`).join(', ');
  return `${inDong(dueAtCollection)} khi nhận hồ sơ, ${inDong(dueOnDelivery)} khi phát kết quả (${parts})`;
}

function eventLines(event: EventAnswer): readonly string[] {
  const margin = ' '.repeat(20);
  const details = detailsInWords(event.details);
  return [
    // A missed date moves nothing: it is told where the paper still is.
    ...filled(
      `  ${inLocalTime(Date.parse(event.occurredAt))}  ${event.vi}${event.type === 'DeadlinePassed' && event.to !== undefined ? `: ${factsOf(event.to).vi.toLowerCase()}` : ''}`,
      margin,
    ),
    ...filled(`${margin}${speakerInWords(event.by)} · ${event.type}`, margin),
    ...(details.length === 0 ? [] : filled(`${margin}${details.join(' · ')}`, margin)),
  ];
}

const holders = { citizen: 'công dân', post: 'bưu điện', agency: 'cơ quan', unknown: 'chưa rõ' } as const;
const stateWords: Readonly<Record<Carried['clock']['post'][number]['state'], string>> = {
  'running': 'đang chạy',
  'overdue': 'quá hạn',
  'in-time': 'đúng hạn',
  'late': 'trễ',
};

/** Who has which paper in the end, and how each side kept its time. */
function paperLines({ custody, clock }: Carried): readonly string[] {
  const held = custody.documents.map(
    ({ vi, form, count, holder }) =>
      `${vi} (${count} ${form === 'original' ? 'bản chính' : 'bản sao'}): ${holders[holder.kind]}`,
  );
  const terms = [...clock.post, ...clock.agency].filter(({ what }) => what !== 'place');
  return [
    ...(held.length === 0 ? [] : labelled('Giấy tờ', held.join('; '))),
    ...terms.flatMap(({ vi, explanation, state }) =>
      labelled('Thời hạn', `${vi}, ${stateWords[state]}: ${explanation.vi}`),
    ),
    '',
  ];
}

function machineLines({ name, status, states, billedTransitions, retries }: ExecutionSummary): readonly string[] {
  return [
    ...labelled('Execution', `${name}: ${status}`),
    ...labelled('States', states.join(' → ')),
    ...labelled(
      'Billed',
      `${billedTransitions} state transitions (${states.length} states entered, ${retries} ${retries === 1 ? 'retry' : 'retries'})`,
    ),
  ];
}

function labelled(label: string, text: string): readonly string[] {
  return filled(`  ${label.padEnd(12)}${text}`, ' '.repeat(14));
}

/** Breaks a text at its spaces; later lines begin with `margin`. */
function filled(text: string, margin = ''): readonly string[] {
  const indent = /^ */.exec(text)?.[0] ?? '';
  const lines: string[] = [];
  let line = indent;
  for (const word of text.slice(indent.length).split(' ')) {
    const longer = line.trim() === '' ? `${line}${word}` : `${line} ${word}`;
    if (longer.length > width) {
      lines.push(line);
      line = `${margin}${word}`;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}
