import { isList, isObject, type Json } from '../json.ts';
import { compile } from '../query/jsonata.ts';
import { isExpression, type Problem } from './fields.ts';

/** Every `{% ... %}` anywhere in a definition must be readable JSONata: AWS refuses the definition, not the execution. */
export function checkExpressions(value: Json, problems: Problem[], at = ''): void {
  if (typeof value === 'string') {
    const told = isExpression(value) ? syntaxError(value) : undefined;
    if (told !== undefined) problems.push({ code: 'SCHEMA_VALIDATION_FAILED', message: `Invalid JSONata expression: ${told}`, at });
  } else if (isList(value)) {
    value.forEach((item, index) => checkExpressions(item, problems, `${at}[${index}]`));
  } else if (isObject(value)) {
    for (const [name, item] of Object.entries(value)) checkExpressions(item, problems, `${at}/${name}`);
  }
}

function syntaxError(expression: string): string | undefined {
  try {
    compile(expression.slice(2, -2).trim());
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
