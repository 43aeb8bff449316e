import * as fc from 'fast-check';
import * as z from 'zod';
import type { Random } from '../simulate/random.ts';

/** What is read of a JSON Schema, as zod writes it. */
const Schema = z.looseObject({
  type: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  examples: z.array(z.unknown()).optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  items: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  $ref: z.string().optional(),
  $defs: z.record(z.string(), z.unknown()).optional(),
});

/** Words by the name of the field that takes them, so that a request is about something that is there. */
export type Vocabulary = Readonly<Record<string, readonly string[]>>;

const schemas = new Map<z.ZodType, unknown>();

function schemaOf(request: z.ZodType): unknown {
  const known = schemas.get(request) ?? z.toJSONSchema(request, { io: 'input', unrepresentable: 'any' });
  schemas.set(request, known);
  return known;
}

/** A request of an operation that its schema takes, or nearly: what only a transformation knows is left to examples. */
export function drawValid(request: z.ZodType, random: Random, vocabulary: Vocabulary): unknown {
  const whole = schemaOf(request);
  const definitions = Schema.parse(whole).$defs ?? {};
  return value(whole, '', 0);

  function value(given: unknown, field: string, depth: number): unknown {
    const schema = Schema.parse(given);
    if (schema.$ref !== undefined) return value(definitions[schema.$ref.split('/').at(-1) ?? ''], field, depth);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum !== undefined) return random.pick(schema.enum);
    const others = schema.anyOf ?? schema.oneOf;
    if (others !== undefined) return value(random.pick(others), field, depth);
    if (schema.type === 'object') return object(schema, depth);
    if (schema.type === 'array') return array(schema, field, depth);
    if (schema.type === 'boolean') return random.chance(0.5);
    if (schema.type === 'integer' || schema.type === 'number') return number(schema);
    return text(schema, field);
  }

  function object({ properties = {}, required = [] }: z.infer<typeof Schema>, depth: number): unknown {
    return Object.fromEntries(
      Object.entries(properties)
        .filter(([name]) => required.includes(name) || random.chance(depth > 2 ? 0.15 : 0.35))
        .map(([name, schema]) => [name, value(schema, name, depth + 1)]),
    );
  }

  function array({ items = {}, minItems = 0, maxItems = 5 }: z.infer<typeof Schema>, field: string, depth: number) {
    const length = random.between(minItems, Math.max(minItems, Math.min(maxItems, 3)));
    return Array.from({ length }, () => value(items, field, depth + 1));
  }

  function number({ minimum = 0, maximum = 1000 }: z.infer<typeof Schema>): number {
    return random.chance(0.2)
      ? random.pick([minimum, maximum])
      : random.between(minimum, Math.min(maximum, minimum + 9));
  }

  function text({ examples, format, pattern, minLength = 1, maxLength = 40 }: z.infer<typeof Schema>, field: string) {
    const known = vocabulary[field];
    if (known !== undefined && random.chance(0.85)) return random.pick(known);
    if (examples !== undefined && random.chance(0.85)) return random.pick(examples);
    if (format === 'date-time') return new Date(base + random.between(-40, 40) * 21_600_000).toISOString();
    if (pattern !== undefined) return matching(pattern, random);
    return 'Nguyễn Văn A '.repeat(40).slice(0, random.between(minLength, Math.min(maxLength, 60)));
  }
}

const base = Date.parse('2026-11-24T02:00:00Z');

function matching(pattern: string, random: Random): string {
  const [drawn = ''] = fc.sample(fc.stringMatching(new RegExp(pattern, 'u')), {
    numRuns: 1,
    seed: random.below(2_000_000_000),
  });
  return drawn;
}
