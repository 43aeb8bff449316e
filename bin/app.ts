import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { bundleOf } from '../lib/bundle.ts';
import { DossierPost } from '../lib/dossier-post.ts';
import { webOriginsFrom } from '../lib/web-origins.ts';

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));

new DossierPost(app, 'DossierPost', {
  code: bundleOf,
  webOrigins: webOriginsFrom(app.node.tryGetContext('webOrigins')),
});
