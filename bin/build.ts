import { bundleAll, bundles } from '../lib/bundle.ts';

bundleAll(bundles);
