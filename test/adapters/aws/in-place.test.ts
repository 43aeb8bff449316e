import { jest } from '@jest/globals';

// Holds ADR 0029: what stands in the bundles for the SDK's clients passes the tests that the adapters pass with them.
jest.unstable_mockModule('@aws-sdk/client-dynamodb', async () => import('../../../adapters/aws/dynamodb.ts'));
jest.unstable_mockModule('@aws-sdk/lib-dynamodb', async () => import('../../../adapters/aws/dynamodb.ts'));
jest.unstable_mockModule('@aws-sdk/client-sns', async () => import('../../../adapters/aws/sns.ts'));
jest.unstable_mockModule('@aws-sdk/client-sesv2', async () => import('../../../adapters/aws/sesv2.ts'));
jest.unstable_mockModule('@aws-sdk/client-sqs', async () => import('../../../adapters/aws/sqs.ts'));
jest.unstable_mockModule('@aws-sdk/client-kms', async () => import('../../../adapters/aws/kms.ts'));
jest.unstable_mockModule('@aws-sdk/client-sfn', async () => import('../../../adapters/aws/stepfunctions.ts'));

await import('../dynamodb/book.test.ts');
await import('../dynamodb/counters.test.ts');
await import('../dynamodb/desk-counts.test.ts');
await import('../dynamodb/lists.test.ts');
await import('../dynamodb/kept-answers.test.ts');
await import('../dynamodb/refusals.test.ts');
await import('../dynamodb/together.test.ts');
await import('../messaging/messaging.test.ts');
await import('../stepfunctions/refusals.test.ts');
await import('../kms/slip-keys.test.ts');
