import { createConfig, lintFromString } from '@redocly/openapi-core';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { eventTypes } from '../../domain/journey/events.ts';
import { operations } from '../../contract/operations.ts';
import { docsPage } from '../../docs/docs-page.ts';
import { Problem } from '../../contract/problem.ts';
import { openApiDocument } from '../../docs/openapi.ts';
import { problemPages } from '../../docs/problem-pages.ts';

function committed(file: string): string {
  return readFileSync(new URL(`../../contract/${file}`, import.meta.url), 'utf8');
}
const document = openApiDocument();

describe('the OpenAPI document', () => {
  it('the OpenAPI document is what the contract says today (npm run openapi)', () => {
    expect(JSON.parse(committed('openapi.json'))).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it('the OpenAPI document passes a public linter with its recommended rules', async () => {
    const config = await createConfig({ extends: ['recommended'] });
    const problems = await lintFromString({ source: committed('openapi.json'), config });
    expect(problems.map(({ message, location }) => `${message} ${location[0]?.pointer ?? ''}`)).toEqual([]);
  });

  it('the OpenAPI document describes under webhooks every event that a subscriber may be sent', () => {
    expect(Object.keys(document.webhooks ?? {})).toEqual(eventTypes);
    expect(JSON.stringify(document.webhooks?.['Collected'])).toContain(
      '"propertyNames":{"enum":["papers","sealNumber"',
    );
  });

  it('the OpenAPI document has every operation of the contract, under a name that a generated client can use', () => {
    const ids = Object.values(document.paths ?? {}).flatMap((path) =>
      [path.get, path.post, path.patch, path.delete].flatMap((operation) =>
        operation?.operationId === undefined ? [] : [operation.operationId],
      ),
    );
    expect(ids).toHaveLength(operations.length);
    for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z]+$/);
  });

  it('the OpenAPI document names every schema that is sent or answered, so that a generated client has a type for it', () => {
    const unnamed = JSON.stringify(document.paths).match(/"schema":\{"type":"object"/g) ?? [];
    expect(unnamed).toEqual([]);
  });

  it('the OpenAPI document says in both languages why each operation may answer no', () => {
    const { post } = document.paths?.['/v1/dossiers/{dossierId}/events'] ?? {};
    expect(post?.responses?.['409']).toMatchObject({ description: expect.stringContaining('NoSuchStep') });
    expect(post?.responses?.['409']).toMatchObject({ description: expect.stringMatching(/[à-ỹđ]/) });
  });
});

describe('the pages of the problems', () => {
  it('the pages of the problems are what the contract says today (npm run openapi), one for each code', () => {
    expect(JSON.parse(committed('problems.json'))).toEqual(problemPages());
    expect(Object.keys(problemPages()).toSorted()).toEqual([...Problem.shape.code.options].toSorted());
  });

  it('the pages of the problems ask nobody else for anything, and run nothing', () => {
    for (const page of Object.values(problemPages())) expect(page).not.toMatch(/<script|<img|<link|src=|\son\w+="/);
  });
});

describe('the page of the contract', () => {
  it('the page of the contract is what the contract says today (npm run openapi)', () => {
    expect(committed('docs.html')).toBe(docsPage(document));
  });

  it('the page of the contract asks nobody else for anything, and runs nothing', () => {
    expect(committed('docs.html')).not.toMatch(/<script|<img|<link|@import|url\(|src=|\son\w+="/);
  });

  it('the page of the contract names everything that may be said in a query, beside its operation', () => {
    const sections = committed('docs.html').split('<section ');
    const asked = operations.flatMap(({ name, request }) => {
      const query: unknown = 'query' in request.shape ? request.shape.query : undefined;
      return query instanceof z.ZodObject ? Object.keys(query.shape).map((key) => ({ name, key })) : [];
    });
    expect(asked.map(({ key }) => key)).toContain('asOf');
    for (const { name, key } of asked)
      expect(sections.find((section) => section.includes(`id="${name}"`))).toContain(`<td><code>${key}</code>`);
  });

  it('the page of the contract leads nowhere that is not there', () => {
    const page = committed('docs.html');
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(targets.length).toBeGreaterThan(20);
    for (const id of targets) expect(page).toContain(`id="${id}"`);
  });
});
