/** `npm run deploy` and `npm run diff`: hands the named deployment to the CDK. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const help = `npm run deploy -- --stage test --province bac-kan --account 111122223333 --region ap-southeast-1 [flags]
npm run diff   -- (the same)          shows what a deployment would change

  --stage, --province     name the cell; each has a stack of its own (dossier-post-<province>-<stage>)
  --account, --region     where; must be among the "allowedEnvironments" in cdk.json
  --first                 the first deployment of a cell: without protection against deletion, so that a failed one
                          leaves nothing behind. Deploy again without it before the first dossier.
  --web-origins URL,URL   the sites whose pages may call the API
  --virus-check           uploads are checked for viruses by GuardDuty, which costs by file and by gigabyte
  --email-from ADDRESS    from which people get e-mails; its owner confirms it once. Without it none are sent
  --sms-sender NAME       whom their telephones show, where the carriers have registered the name
  --yes                   asks nothing
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'stage': { type: 'string' },
    'province': { type: 'string' },
    'account': { type: 'string' },
    'region': { type: 'string' },
    'web-origins': { type: 'string' },
    'virus-check': { type: 'boolean' },
    'email-from': { type: 'string' },
    'sms-sender': { type: 'string' },
    'first': { type: 'boolean' },
    'yes': { type: 'boolean' },
    'help': { type: 'boolean' },
  },
});

if (values.help === true || values.stage === undefined) {
  process.stdout.write(help);
  process.exitCode = values.help === true ? 0 : 2;
} else {
  const { stage, province, account, region, first } = values;
  const context = {
    stage,
    province,
    account,
    region,
    first,
    webOrigins: values['web-origins'],
    virusCheck: values['virus-check'],
    emailFrom: values['email-from'],
    smsSender: values['sms-sender'],
  };
  const flags = Object.entries(context).flatMap(([key, value]) =>
    value === undefined ? [] : ['-c', `${key}=${value}`],
  );
  const asked = values.yes === true && positionals[0] === 'deploy' ? ['--require-approval', 'never'] : [];
  const cdk = join(import.meta.dirname, '..', 'node_modules', 'aws-cdk', 'bin', 'cdk');
  const run = spawnSync(process.execPath, [cdk, positionals[0] ?? 'deploy', ...flags, ...asked], { stdio: 'inherit' });
  process.exitCode = run.status ?? 1;
}
