/** `npm run suspend`: a route is shut by storm or flood, and the terms of what is on it move (TT17 art. 7(2)đ). */
import { BadFlag, readFlags } from '../../emulator/command-line.ts';
import { systemFlags, systemHelp } from './connection.ts';
import { isOnRoute, movedDates } from './for-many.ts';
import { manyCommand } from './many-command.ts';

const help = `npm run suspend -- UNIT UNTIL           which dates would move; UNTIL as 2026-12-05T17:00:00+07:00
npm run suspend -- UNIT UNTIL --apply   records it; given again, it goes on where it was ended
${systemHelp('npm run suspend -- UNIT UNTIL')}`;

await manyCommand(() => {
  const { values, positionals } = readFlags({
    allowPositionals: true,
    options: { ...systemFlags, apply: { type: 'boolean', default: false } },
  });
  const [unit, until, ...more] = positionals;
  if (values.help || unit === undefined || until === undefined || more.length > 0) return help;
  const shutUntil = Date.parse(until);
  if (Number.isNaN(shutUntil) || !/(?:Z|[+-]\d\d:\d\d)$/.test(until))
    throw new BadFlag(`${until} is no instant: write 2026-12-05T17:00:00+07:00.`);
  return {
    values,
    fact: (now) => {
      if (shutUntil <= now) throw new BadFlag(`${until} is over: name the time until which the way is shut.`);
      return {
        type: 'DatesMoved',
        eventId: `ops.shut.${unit}.${shutUntil}`,
        details: { reason: 'force-majeure', shutUntil },
        concerns: (dossier) => isOnRoute(dossier, unit),
      };
    },
    outcome: movedDates,
  };
});
