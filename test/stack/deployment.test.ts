import { describe, expect, it } from '@jest/globals';
import { deploymentFrom, DeploymentRefused, type Deployment } from '../../lib/deployment.ts';
import { Synthesized, withStack } from './synthesized.ts';

const allowedEnvironments = ['111122223333/ap-southeast-1'];
const wish = { stage: 'test', province: 'bac-kan', account: '111122223333', region: 'ap-southeast-1' };

function deployment(given: Readonly<Record<string, unknown>>) {
  return deploymentFrom((key) => ({ allowedEnvironments, ...given })[key]);
}

describe('a deployment', () => {
  it('a deployment names its stack after province and stage, and where it goes', () => {
    expect(deployment(wish)).toEqual({
      stackName: 'dossier-post-bac-kan-test',
      tags: { product: 'dossier-post', province: 'bac-kan', stage: 'test' },
      env: { account: '111122223333', region: 'ap-southeast-1' },
      protected: true,
    });
  });

  it('a deployment is the plain stack that runs anywhere when nothing is named', () => {
    expect(deployment({})).toEqual({ stackName: 'DossierPost', tags: { product: 'dossier-post' }, protected: true });
  });

  it('a deployment goes without protection against deletion the first time, and only then', () => {
    expect(deployment({ ...wish, first: 'true' }).protected).toBe(false);
    expect(deployment({ ...wish, first: 'false' }).protected).toBe(true);
  });

  it.each([
    ['no province', { province: undefined }, 'province'],
    ['no account', { account: undefined }, 'account'],
    ['no Region', { region: undefined }, 'region'],
    ['a stage in capitals', { stage: 'Prod' }, 'stage'],
    ['a stage that is too long for the names', { stage: 'a-very-long-stage' }, 'stage'],
    ['an account of eleven digits', { account: '11112222333' }, 'account'],
    ['an account that is not allowed', { account: '999999999999' }, '999999999999/ap-southeast-1 is not among'],
    ['a Region that is not allowed', { region: 'us-east-1' }, '111122223333/us-east-1 is not among'],
    ['a place that is not allowed', { region: 'us-east-1' }, '(111122223333/ap-southeast-1)'],
    ['an empty list', { allowedEnvironments: [] }, '(none yet)'],
    ['a list of environments that cannot be read', { allowedEnvironments: ['here'] }, 'allowedEnvironments'],
  ])('a deployment with %s is refused, and told why', (_what, change, words) => {
    expect(() => deployment({ ...wish, ...change })).toThrow(DeploymentRefused);
    expect(() => deployment({ ...wish, ...change })).toThrow(words);
  });
});

describe('two deployments in one account and Region', () => {
  const [test, production] = [
    new Synthesized([], deployment(wish)),
    new Synthesized([], deployment({ ...wish, stage: 'production' })),
  ];

  /** Every name that a resource brings along instead of leaving it to CloudFormation. */
  function ownNames(stack: Synthesized): readonly string[] {
    const naming = /^(Name|.+Name|Domain|Identifier)$/;
    return stack.resources.flatMap(({ name, type, properties }) =>
      Object.entries(properties)
        .filter(([key, value]) => naming.test(key) && typeof value === 'string')
        .map(([key, value]) => `${type} ${name} ${key} ${String(value)}`),
    );
  }

  it('two deployments in one account and Region differ in every name that is one of a kind in an account or a Region', () => {
    // These are names within their own role, user pool, API or function, or say of what service something is.
    const inner =
      /IAM::Policy|UserPoolResourceServer|UserPoolClient|ApiGatewayV2|EventSourceMapping|Alarm .* (MetricName|Name)/;
    const [mine, others] = [ownNames(test), new Set(ownNames(production))];
    expect(mine.filter((one) => others.has(one) && !inner.test(one))).toEqual([]);
    expect(mine.some((one) => one.includes('dossier-post-bac-kan-test'))).toBe(true);
  });

  it('two deployments in one account and Region differ in the sign-in page’s address and the sampling rule', () => {
    const [domain] = test.ofType('AWS::Cognito::UserPoolDomain');
    expect(JSON.stringify(domain?.properties['Domain'])).toContain('dossier-post-bac-kan-test-');
    const [rule] = test.ofType('AWS::XRay::SamplingRule');
    expect(JSON.stringify(rule?.properties)).toContain('dossier-post-bac-kan-test-*');
  });

  it('two deployments in one account and Region call their sampling rules by the end of their names, as far as X-Ray’s 32 letters go', () => {
    const long = { ...wish, stage: 'a-stage-of-15-l', province: 'bac-kan-and-all' };
    const [rule] = new Synthesized([], deployment(long)).ofType('AWS::XRay::SamplingRule');
    expect(rule?.properties['SamplingRule']).toMatchObject({
      RuleName: 'bac-kan-and-all-a-stage-of-15-l'.padStart(32, '-'),
    });
  });

  it('two deployments in one account and Region go to the account and the Region that are named', () => {
    const where = (wished: Deployment) => withStack((app) => app.synth().stacks[0]?.environment, [], wished);
    expect(where(deployment(wish))).toMatchObject({ account: '111122223333', region: 'ap-southeast-1' });
    expect(where(deployment({}))).toMatchObject({ account: 'unknown-account', region: 'unknown-region' });
  });

  it('two deployments in one account and Region carry the tags that the bill is divided by', () => {
    const [table] = test.ofType('AWS::DynamoDB::Table');
    expect(table?.properties['Tags']).toEqual([
      { Key: 'product', Value: 'dossier-post' },
      { Key: 'province', Value: 'bac-kan' },
      { Key: 'stage', Value: 'test' },
    ]);
  });

  it('two deployments in one account and Region keep what cannot be made again, but not what a failed first deployment began', () => {
    const kept = [
      'AWS::DynamoDB::Table',
      'AWS::S3::Bucket',
      'AWS::Cognito::UserPool',
      'AWS::KMS::Key',
      'AWS::StepFunctions::StateMachine',
    ];
    for (const type of kept) {
      const [some, ...more] = production.ofType(type).filter(({ name }) => name !== 'Limits');
      expect(some).toBeDefined();
      for (const one of [some, ...more]) expect(one?.fate).toEqual(['RetainExceptOnCreate', 'Retain']);
    }
    // Counts of the last hours: everybody begins anew.
    expect(production.the('Limits').fate).toEqual(['Delete', 'Delete']);
  });

  it('two deployments in one account and Region leave no log behind whose name the next stack of this name needs', () => {
    const named = production.ofType('AWS::Logs::LogGroup').filter(({ properties }) => 'LogGroupName' in properties);
    expect(named.map(({ name }) => name).toSorted()).toEqual(['DossierApi/AccessLog', 'Journey/Log']);
    for (const { fate } of named) expect(fate).toEqual(['Delete', 'Delete']);
  });

  it('two deployments in one account and Region refuse to be deleted, all but a first one', () => {
    const first = new Synthesized([], deployment({ ...wish, first: 'true' }));
    const guards = (stack: Synthesized) => [
      ...stack
        .ofType('AWS::DynamoDB::Table')
        .filter(({ name }) => name !== 'Limits')
        .map(({ properties }) => properties['DeletionProtectionEnabled']),
      ...stack.ofType('AWS::Cognito::UserPool').map(({ properties }) => properties['DeletionProtection']),
    ];
    expect(guards(production)).toEqual([true, true, true, true, 'ACTIVE']);
    expect(guards(first)).toEqual([false, false, false, false, 'INACTIVE']);
    // Of the stack itself the template says nothing: the CDK sets it at the deployment.
    const isProtected = (wished: Deployment) =>
      withStack((app) => app.synth().stacks[0]?.terminationProtection, [], wished);
    expect(isProtected(deployment(wish))).toBe(true);
    expect(isProtected(deployment({ ...wish, first: 'true' }))).toBe(false);
  });
});
