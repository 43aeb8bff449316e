/** What the API serves for its readers: the contract itself, for machines and for people. Open to everybody. */
export const documents = [
  { name: 'show-openapi', path: '/openapi.json', file: 'openapi.json' },
  { name: 'show-docs', path: '/docs', file: 'docs.html' },
  { name: 'show-problem', path: '/docs/problems/{code}', file: 'problems.json' },
] as const;

export type DocumentName = (typeof documents)[number]['name'];
