import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';

/** The folder that `npm run build` fills: one folder per operation, each with its `index.mjs`. */
export const bundles = '.build';

/** The code of one operation's function, as built. */
export const bundleOf = (operation: string): Code => Code.fromAsset(join(bundles, operation));
