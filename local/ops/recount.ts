/** `npm run recount`: a calendar was decided late: open dates are counted anew by the calendar of this checkout. */
import { postCalendar } from '../../domain/calendar/working-calendar.ts';
import { readFlags } from '../../emulator/command-line.ts';
import { systemFlags, systemHelp } from './connection.ts';
import { movedDates } from './for-many.ts';
import { manyCommand } from './many-command.ts';

const help = `npm run recount           which open dates are others by the calendar ${postCalendar.version} of this checkout
npm run recount -- --apply   records them; what somebody agreed stays as it is
${systemHelp('npm run recount --')}`;

await manyCommand(() => {
  const { values } = readFlags({ options: { ...systemFlags, apply: { type: 'boolean', default: false } } });
  if (values.help) return help;
  return {
    values,
    fact: () => ({
      type: 'DatesMoved',
      eventId: `ops.calendar.${postCalendar.version}`,
      details: { reason: 'calendar-decided' },
      concerns: () => true,
    }),
    outcome: movedDates,
  };
});
