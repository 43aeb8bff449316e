import { parseSync } from '@swc/core';
import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** One change of one place of a file, by bytes. */
export interface Change {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** For people: where it is, what stood there, and what stands there then. */
  readonly words: string;
}

const Span = z.object({ start: z.number(), end: z.number() });
type Span = z.infer<typeof Span>;
const Node = z.looseObject({ type: z.string(), span: Span });
const Property = z.union([
  z.object({ type: z.literal('KeyValueProperty'), key: Node, value: Node }),
  z.object({ type: z.literal('SpreadElement'), spread: Span, arguments: Node }),
  Node,
]);
const Element = z.object({ spread: Span.nullable(), expression: Node });

/** Every kind of node that is changed, as the parser describes it. */
const Changed = z.discriminatedUnion('type', [
  z.object({ type: z.literal('BinaryExpression'), span: Span, operator: z.string(), left: Node, right: Node }),
  z.object({ type: z.literal('UnaryExpression'), span: Span, operator: z.string(), argument: Node }),
  z.object({ type: z.literal('ConditionalExpression'), span: Span, test: Node }),
  z.object({ type: z.literal('IfStatement'), span: Span, test: Node }),
  z.object({ type: z.literal('BooleanLiteral'), span: Span, value: z.boolean() }),
  z.object({ type: z.literal('NumericLiteral'), span: Span, value: z.number() }),
  z.object({ type: z.literal('StringLiteral'), span: Span }),
  z.object({ type: z.literal('TemplateLiteral'), span: Span }),
  z.object({ type: z.literal('ArrayExpression'), span: Span, elements: z.array(Element.nullable()) }),
  z.object({ type: z.literal('ObjectExpression'), span: Span, properties: z.array(Property) }),
  z.object({ type: z.literal('ExpressionStatement'), span: Span, expression: Node }),
  z.object({ type: z.literal('ThrowStatement'), span: Span }),
  z.object({
    type: z.literal('CallExpression'),
    span: Span,
    callee: z.looseObject({ object: Node, property: z.looseObject({ value: z.string(), span: Span }) }),
  }),
]);
type Changed = z.infer<typeof Changed>;

const otherOperators: Readonly<Record<string, readonly string[]>> = {
  '===': ['!=='],
  '!==': ['==='],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '&&': ['||'],
  '||': ['&&'],
};
const otherMethods = [
  ['some', 'every'],
  ['every', 'some'],
  ['min', 'max'],
  ['max', 'min'],
] as const;
const droppedMethods = new Set(['filter', 'toSorted', 'toReversed', 'trim', 'normalize', 'exactOptional', 'default']);

/** In the conditions that DynamoDB is sent as text. */
const otherWords: readonly (readonly [RegExp, string])[] = [
  [/ AND /, ' OR '],
  [/ OR /, ' AND '],
  [/ < /, ' >= '],
  [/ <= /, ' > '],
  [/attribute_not_exists/, 'attribute_exists'],
  [/attribute_exists/, 'attribute_not_exists'],
];

/** Words for people, in which a change would change nothing that runs. */
const forPeople = /^(comment|description|scopeDescription|displayName|label|reason|source|vi|en)$/i;

/**
 * Every single change that is made to a file: an operator, a condition, a literal, a member of a list or an object, a
 * call or a refusal turned round, made larger or smaller, or dropped. Types and words for people stay.
 */
export function changesOf(file: string): readonly Change[] {
  const source = readFileSync(file);
  const found: Change[] = [];
  const said = ({ start, end }: Span): string => source.subarray(start - 1, end - 1).toString();
  const note = ({ start, end }: Span, text: string): void => {
    const before = said({ start, end });
    const line = source
      .subarray(0, start - 1)
      .toString()
      .split('\n').length;
    const words = `${file}:${line}\n  - ${before}\n  + ${text}`;
    if (before !== text) found.push({ file, start: start - 1, end: end - 1, text, words });
  };

  function walk(value: unknown): void {
    if (Array.isArray(value)) return value.forEach(walk);
    if (typeof value !== 'object' || value === null) return;
    const type = 'type' in value ? String(value.type) : '';
    // Types do nothing; of what is said to have one, the expression does.
    if (/^(Import|Export(All|Named))/.test(type) || (type.startsWith('Ts') && !('expression' in value))) return;
    const node = Changed.safeParse(value);
    if (node.success) change(node.data);
    for (const [key, child] of Object.entries(value))
      if (key !== 'typeAnnotation' && key !== 'typeArguments') walk(child);
  }

  function change(node: Changed): void {
    switch (node.type) {
      case 'BinaryExpression': {
        const { operator, left, right, span } = node;
        const between = { start: left.span.end, end: right.span.start };
        for (const other of otherOperators[operator] ?? []) note(between, said(between).replace(operator, other));
        if (['&&', '||', '??'].includes(operator)) for (const side of [left, right]) note(span, said(side.span));
        return;
      }
      case 'UnaryExpression':
        return node.operator === '!' ? note(node.span, said(node.argument.span)) : undefined;
      case 'ConditionalExpression':
        return note(node.test.span, `!(${said(node.test.span)})`);
      case 'IfStatement':
        note(node.test.span, `!(${said(node.test.span)})`);
        return note(node.test.span, `false && (${said(node.test.span)})`);
      case 'BooleanLiteral':
        return note(node.span, String(!node.value));
      case 'NumericLiteral':
        for (const other of otherNumbers(node.value)) note(node.span, String(other));
        return;
      case 'StringLiteral':
      case 'TemplateLiteral': {
        const text = said(node.span);
        for (const [word, other] of otherWords) note(node.span, text.replace(word, other));
        return;
      }
      case 'ArrayExpression':
        for (const element of node.elements)
          if (element)
            drop({ start: (element.spread ?? element.expression.span).start, end: element.expression.span.end });
        return;
      case 'ObjectExpression':
        return node.properties.forEach(dropProperty);
      case 'ExpressionStatement':
        return /^(Call|Await|Assignment)/.test(node.expression.type) ? note(node.span, ';') : undefined;
      case 'ThrowStatement':
        return note(node.span, ';');
      case 'CallExpression': {
        const { object, property } = node.callee;
        for (const [method, other] of otherMethods) if (property.value === method) note(property.span, other);
        if (droppedMethods.has(property.value)) note(node.span, said(object.span));
      }
    }
  }

  function dropProperty(property: z.infer<typeof Property>): void {
    if ('span' in property) return drop(Span.parse(property.span));
    if ('spread' in property)
      return drop({ start: property.spread.start, end: Node.parse(property.arguments).span.end });
    if (!forPeople.test(said(property.key.span)))
      drop({ start: property.key.span.start, end: property.value.span.end });
  }

  /** Takes a member out of its list, with its comma. */
  function drop({ start, end }: Span): void {
    const comma = /^\s*,/.exec(said({ start: end, end: source.length + 1 }))?.[0].length ?? 0;
    note({ start, end: end + comma }, '');
  }

  walk(parseSync(source.toString(), { syntax: 'typescript', target: 'esnext' }));
  return found;
}

/** Ten times as much and as little; of what is small, one more and one less. */
function otherNumbers(value: number): readonly number[] {
  return value < 10 ? [value + 1, ...(value > 0 ? [value - 1] : [])] : [value * 10, Math.floor(value / 10)];
}
