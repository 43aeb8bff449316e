import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { Synthesized } from '../stack/synthesized.ts';

const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
const sections = new Map(
  runbook
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')).trim(), section] as const),
);
const stack = new Synthesized();
const Properties = z.object({ AlarmDescription: z.string(), AlarmActions: z.array(z.object({ Ref: z.string() })) });
const alarms = stack.ofType('AWS::CloudWatch::Alarm').map(({ name, properties }) => ({
  // Of more than ten functions the next ten have an alarm with a number behind its name, and the same section.
  name: name.split('/').at(-1)?.replace(/\d+$/, '') ?? '',
  ...Properties.parse(properties),
}));

describe('the runbook', () => {
  it('the runbook has a section for every alarm of the stack, and for nothing else', () => {
    expect([...sections.keys()].toSorted()).toEqual([...new Set(alarms.map(({ name }) => name))].toSorted());
    expect(alarms.length).toBeGreaterThan(8);
  });

  it.each([...sections])(
    'the runbook says of %s what it means, where to look, what to do and when it is done',
    (_name, section) => {
      const parts = [...section.matchAll(/^\*\*(\w[\w ]*)\.\*\* (.+)/gm)].map(([, part]) => part);
      expect(parts).toEqual(['Means', 'Look', 'Do', 'Done when']);
    },
  );
});

describe('every alarm', () => {
  const [topic, ...others] = stack.ofType('AWS::SNS::Topic');

  it.each(alarms)('$name calls whoever is on call, in plain words, and says where to read on', (alarm) => {
    expect(others).toEqual([]);
    expect(alarm.AlarmActions).toEqual([{ Ref: topic?.id }]);
    const [words = '', anchor] = alarm.AlarmDescription.split(' See docs/runbook.md#');
    expect(words).toMatch(/^[A-Z].{30,}\.$/);
    expect(anchor).toBe(alarm.name.toLowerCase());
  });
});
