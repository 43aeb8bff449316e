import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import * as z from 'zod';
import { sendersFrom } from '../../lib/senders.ts';
import { deploymentFrom, type Deployment } from '../../lib/deployment.ts';
import { DossierPost } from '../../lib/dossier-post.ts';

const settings = z
  .object({ context: z.record(z.string(), z.unknown()) })
  .parse(JSON.parse(readFileSync('cdk.json', 'utf8')));
const context = {
  ...settings.context,
  // As the CDK CLI does: every resource says where in the stack it stands.
  'aws:cdk:enable-path-metadata': true,
};

// As `cdk --no-validation`: the rules of CloudFormation take a second and a half at each synthesis. One test asks them.
process.env['CDK_VALIDATION'] = 'false';

/**
 * Hands `read` the app and its stack, and removes what the synthesis leaves behind. The code of each function is the
 * name of its operation.
 */
export function withStack<T>(
  read: (app: App, stack: DossierPost) => T,
  webOrigins: readonly string[] = [],
  deployment = deploymentFrom(() => undefined),
  virusCheck = false,
): T {
  const outdir = mkdtempSync(join(tmpdir(), 'dossier-post-stack-'));
  try {
    const app = new App({ outdir, context });
    return read(
      app,
      new DossierPost(app, 'DossierPost', {
        deployment,
        code: (operation) => Code.fromInline(operation),
        webOrigins,
        virusCheck,
        feedLanes: 16,
        loopbackReceivers: false,
        senders: sendersFrom(() => undefined),
      }),
    );
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

const assembled = z.object({
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Properties: z.record(z.string(), z.unknown()).default({}),
      DependsOn: z.array(z.string()).default([]),
      DeletionPolicy: z.string().optional(),
      UpdateReplacePolicy: z.string().optional(),
      Metadata: z.object({ 'aws:cdk:path': z.string() }),
    }),
  ),
  Outputs: z.record(z.string(), z.unknown()),
});

export interface Resource {
  readonly id: string;
  /** Its place in the stack, e.g. `Journey/StateMachine`. */
  readonly name: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly dependsOn: readonly string[];
  /** What becomes of it when it leaves the stack, and when it is replaced. */
  readonly fate: readonly (string | undefined)[];
}

/** The template that CloudFormation would be given, readable by type and name. */
export class Synthesized {
  readonly text: string;
  readonly outputs: readonly string[];
  readonly resources: readonly Resource[];

  constructor(webOrigins?: readonly string[], deployment?: Deployment, virusCheck?: boolean) {
    this.text = withStack((app) => JSON.stringify(app.synth().stacks[0]?.template), webOrigins, deployment, virusCheck);
    const { Resources, Outputs } = assembled.parse(JSON.parse(this.text));
    this.outputs = Object.keys(Outputs);
    this.resources = Object.entries(Resources).map(([id, found]) => ({
      id,
      name: found.Metadata['aws:cdk:path'].replace(/^DossierPost\//, '').replace(/\/Resource$/, ''),
      type: found.Type,
      properties: found.Properties,
      dependsOn: found.DependsOn,
      fate: [found.DeletionPolicy, found.UpdateReplacePolicy],
    }));
  }

  ofType(type: string): readonly Resource[] {
    return this.resources.filter((one) => one.type === type);
  }

  /** The one resource of this name. */
  the(name: string): Resource {
    const [found, ...more] = this.resources.filter((one) => one.name === name);
    if (found === undefined || more.length > 0)
      throw new Error(
        `${more.length} more resources are called ${name}, of ${this.resources.map((one) => one.name).join(', ')}`,
      );
    return found;
  }

  /**
   * A value as text, its references by name: `Book`, `Book.StreamArn`, `Scans/quarantine/*`, `Region`. An ARN is its
   * resource.
   */
  said(value: unknown): string {
    if (typeof value === 'string') return value;
    const reference = intrinsic.parse(value);
    if ('Ref' in reference)
      return reference.Ref.startsWith('AWS::') ? reference.Ref.slice(5) : this.#nameOf(reference.Ref);
    if ('Fn::Join' in reference) return reference['Fn::Join'][1].map((part) => this.said(part)).join('');
    const [id, attribute] = reference['Fn::GetAtt'];
    return attribute === 'Arn' ? this.#nameOf(id) : `${this.#nameOf(id)}.${attribute}`;
  }

  #nameOf(id: string): string {
    return this.resources.find((one) => one.id === id)?.name ?? id;
  }
}

const intrinsic = z.union([
  z.strictObject({ Ref: z.string() }),
  z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }),
  z.strictObject({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]) }),
]);
