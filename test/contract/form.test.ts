import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { exampleOf, formAt } from '../../contract/form.ts';
import { operations } from '../../contract/operations.ts';
import { readTimeline } from '../../contract/read-timeline.ts';
import { recordEvents } from '../../contract/record-events.ts';
import { registerDossier } from '../../contract/register-dossier.ts';

/** Every field that has no fields of its own, by its pointer without the numbers of lists. */
function leavesOf(schema: z.core.$ZodType, path = ''): readonly (readonly [string, z.core.$ZodType])[] {
  if (schema instanceof z.ZodObject)
    return Object.entries<z.core.$ZodType>(schema.shape).flatMap(([name, field]) => leavesOf(field, `${path}/${name}`));
  if (schema instanceof z.ZodArray) return leavesOf(schema.element, `${path}/0`);
  const inner =
    schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional || schema instanceof z.ZodDefault
      ? schema.unwrap()
      : undefined;
  const hasFields = inner instanceof z.ZodObject || inner instanceof z.ZodArray;
  return hasFields ? leavesOf(inner, path) : [[path, schema]];
}

describe('the form of a request', () => {
  it.each(
    operations.flatMap(({ name, request }) => leavesOf(request).map(([path, field]) => [name, path, field] as const)),
  )('the form of each field of %s is shown by an example that the field takes: %s', (_operation, _path, field) => {
    const example = exampleOf(field);
    expect(example).toBeDefined();
    expect(z.safeParse(field, example).success).toBe(true);
  });

  it.each(operations.map(({ name, request }) => ({ name, request })))(
    'the example that the fields of $name make up is a request that it takes',
    ({ request }) => {
      const { error } = request.safeParse(exampleOf(request));
      expect(error?.issues.map(({ path }) => path.join('.')) ?? []).toEqual([]);
    },
  );

  it('the form of a field is found by the pointer of a problem, wherever the field stands', () => {
    expect(formAt(registerDossier.request, '/header/idempotency-key')).toEqual({
      expected: expect.stringContaining('8 to 128'),
      example: 'order-2026-000017',
    });
    expect(formAt(registerDossier.request, '/body/applicant/phone')).toMatchObject({ example: '0900000001' });
    expect(formAt(registerDossier.request, '/body/applicant')).toMatchObject({
      example: { fullName: 'Nguyễn Thị Ví Dụ', phone: '0900000001' },
    });
    expect(formAt(readTimeline.request, '/query/asOf')).toMatchObject({ example: '2026-11-23T15:42:00+07:00' });
    expect(formAt(recordEvents.request, '/body/items/17/occurredAt')).toMatchObject({
      example: '2026-11-23T15:42:00+07:00',
    });
  });

  it('the form of what no request has is none', () => {
    for (const pointer of ['/body/isAdmin', '/body/__proto__', '/body/frontDoor/x', '/elsewhere', ''])
      expect([pointer, formAt(registerDossier.request, pointer)]).toEqual([pointer, {}]);
  });
});
