/** `npm run succeed`: an office or agency is abolished, and another takes over what is open. */
import { readFlags } from '../../emulator/command-line.ts';
import { systemFlags, systemHelp } from './connection.ts';
import { isOnRoute } from './for-many.ts';
import { manyCommand } from './many-command.ts';

const help = `npm run succeed -- UNIT SUCCESSOR           which open dossiers the successor would take over
npm run succeed -- UNIT SUCCESSOR --apply   records it; given again, it goes on where it was ended
${systemHelp('npm run succeed -- UNIT SUCCESSOR')}`;

await manyCommand(() => {
  const { values, positionals } = readFlags({
    allowPositionals: true,
    options: { ...systemFlags, apply: { type: 'boolean', default: false } },
  });
  const [unit, successor, ...more] = positionals;
  if (values.help || unit === undefined || successor === undefined || more.length > 0) return help;
  return {
    values,
    fact: () => ({
      type: 'UnitSucceeded',
      eventId: `ops.succeeded.${unit}.${successor}`,
      details: { succession: { unit, successor } },
      concerns: ({ postOfficeId, deliveryPostOfficeId, agencyId }) =>
        [postOfficeId, deliveryPostOfficeId, agencyId].includes(unit),
    }),
    outcome: (before, after) =>
      isOnRoute(after, successor) && before !== after ? `${unit} → ${successor}` : undefined,
  };
});
