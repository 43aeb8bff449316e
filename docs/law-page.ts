import type { Name } from '../domain/catalogue/provenance.ts';
import { chargeFacts } from '../domain/fees/quote.ts';
import { checkFacts } from '../domain/journey/checks.ts';
import { clocks, type Clock } from '../domain/journey/clocks.ts';
import { diagram } from '../domain/journey/diagram.ts';
import { eventFacts, type EventType } from '../domain/journey/events.ts';
import { factsOf, places, statusWhy, type Place } from '../domain/journey/places.ts';
import { lawEdition, remarks, rules, stands, type Actor, type Remark, type Rule } from '../domain/journey/rules.ts';
import { statuses } from '../domain/journey/status.ts';
import { termFacts, type TermFacts } from '../domain/journey/terms.ts';
import { rights } from '../domain/people/rights.ts';
import { acts, assumptionIn, citedIn, isJudged, type Sources } from '../domain/journey/sources.ts';

/** A text in both languages, the Vietnamese first. */
function both({ vi, en }: { readonly vi: string; readonly en: string }): string {
  return `${vi} / *${en}*`;
}

const actorNames: Readonly<Record<Actor, { readonly vi: string; readonly en: string }>> = {
  portal: { vi: 'cổng', en: 'portal' },
  clerk: { vi: 'giao dịch viên', en: 'clerk' },
  courier: { vi: 'bưu tá', en: 'courier' },
  officer: { vi: 'cán bộ', en: 'officer' },
  supervisor: { vi: 'kiểm soát viên', en: 'supervisor' },
  clock: { vi: 'đồng hồ', en: 'clock' },
  messenger: { vi: 'hệ thống báo tin', en: 'messenger' },
  ops: { vi: 'vận hành', en: 'ops' },
};

const holders = {
  'citizen': { vi: 'người dân', en: 'citizen' },
  'post': { vi: 'bưu điện', en: 'post' },
  'agency': { vi: 'cơ quan', en: 'agency' },
  'nobody-knows': { vi: 'chưa rõ', en: 'not known' },
} as const;

/** Whether a line is in force in today's edition. */
function standsToday(line: Pick<Rule, 'since' | 'until'>): boolean {
  return stands(line, lawEdition);
}

/** Every line of today's law with its sources, by what it is. */
export function sourcedLines(): readonly { readonly line: string; readonly why: Sources }[] {
  return [
    ...rules.filter(standsToday).map(({ from, on, to, why }) => ({ line: `rule ${from} ${on} ${to}`, why })),
    ...remarks.filter(standsToday).map(({ on, why }) => ({ line: `remark ${on}`, why })),
    ...clocks.filter(standsToday).map(({ place, why }) => ({ line: `clock ${place}`, why })),
    ...Object.entries(termFacts).map(([term, { why }]) => ({ line: `term ${term}`, why })),
    ...Object.entries(checkFacts).map(([check, { why }]) => ({ line: `check ${check}`, why })),
    ...Object.entries(chargeFacts).map(([charge, { why }]) => ({ line: `charge ${charge}`, why })),
    ...rights.map(({ role, relation, why }) => ({ line: `right ${role} ${relation}`, why })),
    ...places.map((place) => ({ line: `status ${place}`, why: statusWhy })),
  ];
}

/** The whole law as one page, in both languages: places, roads, who, what is required, how long, and why. */
export function lawPage(): string {
  const judged = sourcedLines().filter(({ why }) => isJudged(why)).length;
  const all = sourcedLines().length;
  return `# ${both({ vi: 'Luật của hồ sơ đi qua bưu chính', en: 'The law of dossiers by post' })}

${both({
  vi: `Bản ${lawEdition}, in ra từ các bảng trong mã bằng \`npm run law\`.`,
  en: `Edition ${lawEdition}, printed from the tables of the code by \`npm run law\`.`,
})}

${both({
  vi: `${judged} trong ${all} dòng (${share(judged, all)}) không văn bản nào nói; chỗ đó ghi điều đang giả định (†).`,
  en: `${judged} of ${all} lines (${share(judged, all)}) stand in no act; there it says what is assumed (†).`,
})}

## ${both({ vi: 'Văn bản', en: 'Acts' })}

${Object.entries(acts)
  .map(([name, act]) => `- **${name}**: ${both(act)}, ${act.inForceSince}`)
  .join('\n')}

## ${both({ vi: 'Đường đi', en: 'The journey' })}

${both({
  vi: 'Mũi tên đậm là đường suôn sẻ, mảnh là đường rẽ; khung tròn là điểm kết thúc.',
  en: 'Thick arrows are the happy way, thin ones the side roads, round boxes the ends.',
})}

\`\`\`mermaid
${diagram()}
\`\`\`

## ${both({ vi: 'Nơi giấy tờ đang ở và đường đi tiếp', en: 'Places and roads' })}

${both({
  vi: 'Thời hạn tính bằng ngày không tính ngày đầu, hết lúc 24 giờ ngày cuối, gặp ngày nghỉ thì hết ngày làm việc tiếp theo',
  en: 'A term in days leaves its first day out and ends at 24:00 of its last, or of the next working day after a day of rest',
})} (${reasons(['BLDS 147(2)', 'BLDS 148(1)', 'BLDS 148(5)', 'BLDS 148(6)'])}).

${places.map(placeText).join('\n\n')}

## ${both({ vi: 'Nói được bên cạnh đường đi', en: 'What may be said beside the road' })}

${table(remarks.filter(standsToday).map(roadRow))}

## ${both({ vi: 'Thời hạn chạy bên cạnh', en: 'Terms that run beside the place' })}

| | ${both({ vi: 'bắt đầu', en: 'begins' })} | ${both({ vi: 'kết thúc', en: 'ends' })} | ${both({ vi: 'dài', en: 'length' })} | ${both({ vi: 'căn cứ', en: 'why' })} |
|---|---|---|---|---|
${Object.values(termFacts).map(termRow).join('\n')}

## ${both({ vi: 'Trạng thái quốc gia', en: 'National status' })}

| | |
|---|---|
${Object.entries(statuses)
  .map(([name, status]) => `| \`${name}\` | ${status} |`)
  .join('\n')}

${both({
  vi: 'Sự kiện không nêu ở đây để trạng thái như cũ.',
  en: 'What is not named here leaves the status as it was.',
})} (${reasons(statusWhy)})

## ${both({ vi: 'Ai được làm gì, thấy gì của người dân', en: 'Who may do what, and sees what of people' })}

| ${both({ vi: 'vai', en: 'role' })} | ${both({ vi: 'quan hệ với hồ sơ', en: 'to the dossier' })} | ${both({ vi: 'được', en: 'may' })} | ${both({ vi: 'thấy', en: 'sees' })} | ${both({ vi: 'căn cứ', en: 'why' })} |
|---|---|---|---|---|
${rights
  .map(
    ({ role, relation, may, sees, why }) =>
      `| ${both(actorNames[role])} | \`${relation}\` | ${may.join(', ')} | ${sees.map((field) => `\`${field}\``).join(', ')} | ${reasons(why)} |`,
  )
  .join('\n')}

## ${both({ vi: 'Kiểm tra', en: 'Checks' })}

| | ${both({ vi: 'căn cứ', en: 'why' })} |
|---|---|
${Object.values(checkFacts)
  .map((fact) => `| ${both(fact)} | ${reasons(fact.why)} |`)
  .join('\n')}

## ${both({ vi: 'Khoản thu', en: 'Charges' })}

| | ${both({ vi: 'căn cứ', en: 'why' })} |
|---|---|
${Object.values(chargeFacts)
  .map((fact) => `| ${both(fact)} | ${reasons(fact.why)} |`)
  .join('\n')}

## ${both({ vi: 'Đang giả định', en: 'What is assumed' })}

${assumed.map((assumption, index) => `- †${index + 1} ${both(assumption)}`).join('\n')}
`;
}

function share(part: number, all: number): string {
  return `${Math.round((part / all) * 100)} %`;
}

function placeText(place: Place): string {
  const facts = factsOf(place);
  const roads = rules.filter((rule) => rule.from === place && standsToday(rule));
  const holder = both(holders[facts.holder]);
  return [
    `### ${both(facts)}`,
    `${both({ vi: 'Ai giữ', en: 'Holder' })}: ${holder}. ${both({ vi: 'Trạng thái', en: 'National status' })}: ${facts.nationalStatus} (${reasons(statusWhy)}).`,
    ...clocks
      .filter((clock) => clock.place === place && standsToday(clock))
      .map((clock) => `${both({ vi: 'Thời hạn', en: 'Term' })}: ${clockText(clock)}.`),
    ...(roads.length === 0 ? [] : [table(roads.map(roadRow))]),
  ].join('\n\n');
}

function clockText({ length, then, when, why }: Clock): string {
  const condition = when === undefined ? '' : ` (\`${when}\`)`;
  return `${lengthText(length)}${condition} → ${both(eventFacts[then])} (${reasons(why)})`;
}

function lengthText(length: Clock['length']): string {
  if ('workingDays' in length)
    return both({
      vi: `${length.workingDays} ngày làm việc`,
      en: `${length.workingDays} working ${length.workingDays === 1 ? 'day' : 'days'}`,
    });
  if ('days' in length) return both({ vi: `${length.days} ngày`, en: `${length.days} days` });
  if ('hours' in length) return both({ vi: `${length.hours} giờ`, en: `${length.hours} hours` });
  if ('workingHours' in length)
    return both({ vi: `${length.workingHours} giờ làm việc`, en: `${length.workingHours} working hours` });
  if ('monthsFromAcceptance' in length)
    return both({
      vi: `${length.monthsFromAcceptance} tháng từ ngày nhận hồ sơ`,
      en: `${length.monthsFromAcceptance} months from acceptance`,
    });
  if ('invitations' in length)
    return both({
      vi: 'mời lần đầu trong 1 ngày làm việc, mỗi lần cách nhau 2 ngày làm việc, sau lần thứ hai thêm 2 ngày làm việc',
      en: 'invited within 1 working day, each invitation 2 working days apart, 2 more after the second',
    });
  if ('hold' in length)
    return both({
      vi: `${length.hold.town} ngày, vùng xa ${length.hold.remote}`,
      en: `${length.hold.town} days, ${length.hold.remote} in remote communes`,
    });
  return both({
    vi: `ngày đã hẹn (\`${length.agreed}\`), chưa hẹn thì ${length.orWorkingDays} ngày làm việc`,
    en: `the date agreed (\`${length.agreed}\`), ${length.orWorkingDays} working days for none`,
  });
}

function table(rows: readonly string[]): string {
  const head = [
    { vi: 'việc', en: 'what' },
    { vi: 'đến', en: 'to' },
    { vi: 'ai báo', en: 'who' },
    { vi: 'cần có', en: 'required' },
    { vi: 'căn cứ', en: 'why' },
  ];
  return [`| ${head.map(both).join(' | ')} |`, '|---|---|---|---|---|', ...rows].join('\n');
}

function roadRow(line: Rule | Remark): string {
  const [to, when] = 'to' in line ? [both(factsOf(line.to)), conditionOf(line)] : ['', hereOnly(line)];
  const cells = [
    `${both(eventName(line.on))}${when}`,
    to,
    line.by.map((actor) => both(actorNames[actor])).join(', '),
    line.requires.map((detail) => `\`${detail}\``).join(', '),
    reasons(line.why),
  ];
  return `| ${cells.join(' | ')} |`;
}

function hereOnly({ at, when }: Remark): string {
  const conditions = [...(at ?? []), ...(when === undefined ? [] : [when])];
  return conditions.length === 0 ? '' : ` (${conditions.map((condition) => `\`${condition}\``).join(', ')})`;
}

function termRow(facts: TermFacts): string {
  const events = (types: readonly EventType[]): string => types.map((type) => both(eventName(type))).join(', ');
  const { length } = facts;
  const long =
    'leg' in length
      ? both({
          vi: 'J + 1 ngày làm việc trong huyện cũ, J + 2 trong tỉnh, J + 4 liên tỉnh; gấp đôi khi phát giấy hẹn',
          en: 'J + 1 working day within the old district, J + 2 in the province, J + 4 beyond; doubled where a slip is delivered',
        })
      : 'days' in length
        ? both({ vi: `${length.days} ngày`, en: `${length.days} days` })
        : both({ vi: `${length.workingDays} ngày làm việc`, en: `${length.workingDays} working days` });
  return `| ${[both(facts), events(facts.opens), events(facts.closes), long, reasons(facts.why)].join(' | ')} |`;
}

function conditionOf({ when, saying }: Rule): string {
  const conditions = [when, saying].filter((condition) => condition !== undefined);
  return conditions.length === 0 ? '' : ` (${conditions.map((condition) => `\`${condition}\``).join(', ')})`;
}

function eventName(type: EventType): { readonly vi: string; readonly en: string } {
  return eventFacts[type];
}

/** Everything that is assumed, in the order of the page. */
const assumed: readonly Name[] = [
  ...new Set(sourcedLines().flatMap(({ why }) => why.flatMap((source) => assumptionIn(source) ?? []))),
];

/** @throws Error for a citation that is in no list */
function reasons(why: Sources): string {
  return why
    .map((source) => {
      const assumption = assumptionIn(source);
      if (assumption !== undefined) return `†${assumed.indexOf(assumption) + 1}`;
      if (citedIn(source) === undefined) throw new Error(`${source} is not in the list of articles`);
      return source;
    })
    .join('; ');
}
