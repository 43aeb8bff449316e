import { describe, expect, it } from '@jest/globals';
import { CloudFormationValidatePlugin, Validations, type App, type PolicyValidationPluginReport } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { Synthesized, withStack } from './synthesized.ts';

function findings({ violations }: PolicyValidationPluginReport): readonly string[] {
  return violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(
      ({ constructPath, resourceLogicalId }) => `${ruleName} at ${constructPath ?? resourceLogicalId ?? '?'}`,
    ),
  );
}

describe.each([AwsSolutionsChecks, ServerlessChecks])('the rules of %p', (Checks) => {
  it('the rules find nothing that is not acknowledged with a reason', () => {
    expect(withStack((app) => findings(new Checks(app).validateScope(app)))).toEqual([]);
  });
});

describe('the rules of CloudFormation', () => {
  const judge = (app: App): readonly string[] => {
    const { templateFullPath: templatePath } = app.synth().getStackByName('DossierPost');
    const stackTemplates = [
      { templatePath, stackConstructPath: 'DossierPost', accountId: undefined, region: undefined },
    ];
    return findings(
      new CloudFormationValidatePlugin().validate({ templatePaths: [templatePath], stackTemplates, appConstruct: app }),
    );
  };

  it('the rules of CloudFormation find nothing, not even a warning', () => {
    expect(withStack(judge)).toEqual([]);
  });

  it('the rules of CloudFormation do find a role whose description has a letter that IAM does not take', () => {
    const found = withStack((app, stack) => {
      new Role(stack, 'Curly', {
        assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
        description: 'What the dossiers’ journey may do',
      });
      return judge(app);
    });
    expect(found).toEqual([expect.stringMatching(/^F3031 at Curly/)]);
  });
});

describe('the rules', () => {
  it('the rules do find a bucket that keeps no log and takes plain HTTP', () => {
    const found = withStack((app, stack) => {
      new Bucket(stack, 'Open');
      return findings(new AwsSolutionsChecks(app).validateScope(app));
    });
    expect(found).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^AwsSolutions-S1 at .*Open/),
        expect.stringMatching(/^AwsSolutions-S10 at .*Open/),
      ]),
    );
  });

  it('the rules are acknowledged for one resource at a time, and each reason is a sentence of its own', () => {
    const reasons = withStack((app) =>
      app.node
        .findAll()
        .flatMap((construct) =>
          construct.node.metadata
            .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
            .map(({ data }) => ({ path: construct.node.path, data: JSON.stringify(data) })),
        ),
    );
    expect(reasons.length).toBeGreaterThan(0);
    for (const { path } of reasons) expect(path).not.toMatch(/^(DossierPost)?$/);
    for (const { data } of reasons) expect(data).toMatch(/[a-zé][^"]{40,}\./);
  });
});

describe('the template', () => {
  const stack = new Synthesized();

  it('the template holds no secret and asks for none', () => {
    expect(stack.text).not.toMatch(/client_?secret"|password":|SecretString|resolve:secretsmanager|AKIA[A-Z0-9]{16}/i);
    expect(stack.ofType('AWS::SecretsManager::Secret')).toEqual([]);
  });

  it('the template is tied to no account and no Region', () => {
    expect(stack.text).not.toMatch(/\b\d{12}\b|ap-southeast-1|us-east-1/);
  });

  it('the template has no function besides ours: CDK brings none of its own', () => {
    expect(
      stack.resources.filter(
        ({ type }) => type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource',
      ),
    ).toEqual([]);
  });

  it('the template tells what an operator needs', () => {
    expect(stack.outputs.toSorted()).toEqual([
      'ApiUrl',
      'BookTableName',
      'ClientIdOfClerk',
      'ClientIdOfCourier',
      'ClientIdOfOfficer',
      'ClientIdOfOps',
      'ClientIdOfPortal',
      'ClientIdOfSupervisor',
      'DeadLetterQueueUrl',
      'OnCallTopicArn',
      'PeopleTableName',
      'ScansBucketName',
      'SealsBucketName',
      'SignInUrl',
      'StateMachineArn',
      'StatusQueueUrl',
      'UserPoolId',
      'ZaloQueueUrl',
    ]);
  });
});
