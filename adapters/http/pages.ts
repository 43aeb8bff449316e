import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { borderProblem } from '../../contract/problem.ts';
import { shown } from './document.ts';
import { problemAnswer, type HttpAnswer } from './endpoint.ts';
import { httpEvent } from './event.ts';

/**
 * Answers with one page of many.
 * @param file beside the function's bundle: an object of JSON, each page under its name
 * @param parameter of the path, which names the page
 */
export function pagesEndpoint(file: URL, parameter: string, type: string): (event: unknown) => Promise<HttpAnswer> {
  const pages = new Map(Object.entries(z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8')))));
  return async (sent) => {
    const event = httpEvent.parse(sent);
    const body = pages.get(event.pathParameters?.[parameter] ?? '');
    return body === undefined ? problemAnswer(borderProblem('NoSuchRoute'), event) : shown(event, body, type);
  };
}
