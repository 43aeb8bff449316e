/**
 * Who may import whom. Each folder names everything that it may know; what is not named is forbidden, types included.
 * `$1` is the operation's folder under `lambdas/`. `test/imports/` proves that every line here refuses what it should.
 */
const packages = (...names) => names.map((name) => `(^|/)node_modules/${name}/`);
const node = { dependencyTypesNot: ['core'] };

/** Nobody calls these over HTTP: the system works through them on all dossiers. */
const ownFunctions = [
  'advance-journey',
  'publish-events',
  'send-webhooks',
  'wake-webhooks',
  'record-overdue',
  'resume-execution',
  'seal-days',
  'sweep-due',
  'tell-citizens',
];

const may = [
  {
    name: 'domain-knows-nothing',
    from: '^domain/',
    to: ['^domain/'],
    because: 'the law has no clock, no randomness and no I/O, not even zod',
  },
  {
    name: 'contract',
    from: '^contract/',
    to: ['^contract/', '^domain/', ...packages('zod', 'libphonenumber-js')],
    because: 'what crosses a wire is domain words and zod',
  },
  {
    name: 'client',
    from: '^client/',
    to: ['^client/', '^contract/', '^domain/', ...packages('zod')],
    because: 'a portal takes it as it is, into a browser or onto a server',
  },
  {
    name: 'statemachines',
    from: '^statemachines/',
    to: ['^statemachines/', '^domain/', ...packages('zod')],
    except: node,
    because: 'a state machine is made from the law',
  },
  {
    name: 'examples',
    from: '^examples/',
    to: ['^examples/', '^client/', ...packages('standardwebhooks')],
    except: node,
    because: 'an example shows what a portal can do with the client alone',
  },
  {
    name: 'adapters',
    from: '^adapters/',
    to: [
      '^adapters/',
      '^contract/',
      '^domain/',
      ...packages(
        '@aws-sdk',
        '@aws-lambda-powertools',
        '@smithy',
        '@middy',
        '@embedpdf',
        'fast-png',
        'fflate',
        'ipaddr.js',
        'jpeg-js',
        'jsbarcode',
        'standardwebhooks',
        '@stablelib',
        'uqr',
        'zod',
      ),
    ],
    except: node,
    because: 'only adapters speak AWS or HTTP',
  },
  {
    name: 'env',
    from: '^lambdas/([^/]+)/env\\.ts$',
    to: packages('zod'),
    because: 'the environment is a schema and nothing else',
  },
  {
    name: 'handler',
    from: '^lambdas/([^/]+)/handler\\.ts$',
    to: ['^lambdas/$1/', '^adapters/', '^contract/', '^domain/'],
    because: 'a handler composes its use case with adapters; the SDK stays in the adapters',
  },
  {
    name: 'use-case',
    from: '^lambdas/([^/]+)/(?!handler\\.ts$|env\\.ts$)',
    to: ['^lambdas/$1/(?!handler\\.ts$|env\\.ts$)', '^contract/', '^domain/'],
    because: 'a use case is handed its ports, its clock and its chance',
  },
  {
    name: 'stack',
    from: '^(lib|bin)/',
    to: [
      '^lib/',
      '^contract/',
      '^domain/',
      '^lambdas/[^/]+/env\\.ts$',
      ...packages('aws-cdk-lib', 'constructs', 'cdk-nag', 'esbuild', 'zod'),
    ],
    except: node,
    because: 'the stack knows what the functions are called and what they need, never their code',
  },
  {
    name: 'emulator',
    from: '^emulator/',
    to: ['^emulator/', '(^|/)node_modules/'],
    except: node,
    because: 'it runs anybody’s template',
  },
  {
    name: 'local',
    from: '^local/',
    to: [
      '^local/',
      '^emulator/',
      '^client/',
      '^adapters/',
      '^contract/',
      '^domain/',
      '^examples/.*\\.json$',
      '(^|/)node_modules/',
    ],
    except: node,
    because: 'it reads the synthesized template instead of the stack’s code',
  },
];

export default {
  forbidden: [
    ...may.map(({ name, from, to, except = {}, because }) => ({
      name,
      severity: 'error',
      comment: because,
      from: { path: from },
      to: { pathNot: to, ...except },
    })),
    {
      name: 'through-the-door',
      severity: 'error',
      comment: 'whoever answers the API comes to a dossier, its people and its scans by the one filter only (ADR 0026)',
      from: { path: '^lambdas/', pathNot: `^lambdas/(${ownFunctions.join('|')})/` },
      to: {
        path: ['^adapters/dynamodb/', '^adapters/s3/scan-links\\.ts$', '^domain/ports/book\\.ts$'],
        pathNot: ['^adapters/dynamodb/(document-client|bags)\\.ts$', '^adapters/dynamodb/doors/'],
      },
    },
    {
      name: 'nobody-knows-local',
      severity: 'error',
      comment: 'production does not know that a machine of its own exists',
      from: { pathNot: '^(emulator|local|test)/' },
      to: { path: '^(emulator|local)/' },
    },
    {
      name: 'nobody-knows-tests',
      severity: 'error',
      comment: 'tests know everybody',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
    {
      name: 'shipped',
      severity: 'error',
      comment: 'what runs on AWS is a dependency, not a development dependency',
      from: { path: '^(domain|contract|adapters|lambdas)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-optional', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'commands-without-jest',
      severity: 'error',
      comment: 'what npm runs as a command of its own is run by no jest',
      from: { path: '^test/(docs/(cost|sweep|lists)|simulate/simulate|mutate/mutate)', pathNot: '\\.test\\.ts$' },
      to: { path: '@jest/globals', reachable: true },
    },
    {
      name: 'found',
      severity: 'error',
      comment: 'every import leads somewhere',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // TypeScript 7 has no API; swc reads type imports too, all but `import('…')` in a type, which the linter refuses.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
