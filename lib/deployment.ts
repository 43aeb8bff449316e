import * as z from 'zod';

/** One cell: the system of one province at one stage, alone in its stack. */
export interface Deployment {
  /** The stack's name, and the beginning of every name that must be one of a kind in an account or in a Region. */
  readonly stackName: string;
  /** Tags that the bill is divided by. */
  readonly tags: Readonly<Record<string, string>>;
  /** Where it is deployed; without, the template runs anywhere, this machine included. */
  readonly env?: { readonly account: string; readonly region: string };
  /**
   * Whether tables, user pool and stack refuse to be deleted. The first deployment goes without: if it fails, nothing
   * stays behind.
   */
  readonly protected: boolean;
}

const name = z
  .string()
  .regex(/^(?=.{2,15}$)[a-z](?:-?[a-z0-9])*$/, 'a name of 2 to 15 lower-case letters, digits and hyphens');
const Wish = z.strictObject({
  stage: name,
  province: name,
  account: z.string().regex(/^\d{12}$/, 'the twelve digits of an AWS account'),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a Region such as ap-southeast-1'),
  first: z.stringbool().default(false),
});
const Allowed = z.array(
  z.string().regex(/^\d{12}\/[a-z0-9-]+$/, 'an account and a Region such as 111122223333/ap-southeast-1'),
);

/** A deployment that may not be; the message says what to change. */
export class DeploymentRefused extends Error {
  override readonly name = 'DeploymentRefused';
}

/**
 * Reads what is to be deployed from CDK's context: `stage`, `province`, `account`, `region` and `first`, which
 * `npm run deploy` hands over, and `allowedEnvironments` from cdk.json.
 * @param context looks a key up
 * @returns the plain, unprotected stack `DossierPost` when no stage is named: the one that is tested and run locally
 * @throws DeploymentRefused
 */
export function deploymentFrom(context: (key: string) => unknown): Deployment {
  const given = Object.fromEntries(
    Object.keys(Wish.shape).flatMap((key) => (context(key) === undefined ? [] : [[key, String(context(key))]])),
  );
  if (Object.keys(given).length === 0)
    return { stackName: 'DossierPost', tags: { product: 'dossier-post' }, protected: true };
  const wish = Wish.safeParse(given);
  if (!wish.success) throw new DeploymentRefused(`This deployment is not fully named.\n${z.prettifyError(wish.error)}`);
  const { stage, province, account, region, first } = wish.data;
  const allowed = Allowed.safeParse(context('allowedEnvironments') ?? []);
  if (!allowed.success)
    throw new DeploymentRefused(`"allowedEnvironments" in cdk.json cannot be read.\n${z.prettifyError(allowed.error)}`);
  if (!allowed.data.includes(`${account}/${region}`))
    throw new DeploymentRefused(
      `${account}/${region} is not among the "allowedEnvironments" in cdk.json (${allowed.data.join(', ') || 'none yet'}). Add it there when this system may be deployed to it.`,
    );
  return {
    stackName: `dossier-post-${province}-${stage}`,
    tags: { product: 'dossier-post', province, stage },
    env: { account, region },
    protected: !first,
  };
}
