import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { bundleOf } from '../lib/bundle.ts';
import { deploymentFrom, DeploymentRefused } from '../lib/deployment.ts';
import { feedLanesFrom } from '../lib/feed-lanes.ts';
import { DossierPost } from '../lib/dossier-post.ts';
import { sendersFrom } from '../lib/senders.ts';
import { webOriginsFrom } from '../lib/web-origins.ts';

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));

try {
  new DossierPost(app, 'DossierPost', {
    deployment: deploymentFrom((key) => app.node.tryGetContext(key)),
    code: bundleOf,
    webOrigins: webOriginsFrom(app.node.tryGetContext('webOrigins')),
    virusCheck: String(app.node.tryGetContext('virusCheck')) === 'true',
    feedLanes: feedLanesFrom(app.node.tryGetContext('feedLanes')),
    loopbackReceivers: String(app.node.tryGetContext('loopbackReceivers')) === 'true',
    senders: sendersFrom((key) => app.node.tryGetContext(key)),
  });
} catch (error) {
  if (!(error instanceof DeploymentRefused)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
