import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { endedCodesDoor } from '../../adapters/dynamodb/doors/tracking.ts';
import { openEndpoint } from '../../adapters/http/endpoint.ts';
import { fingerprint } from '../../adapters/identifiers.ts';
import { kmsSlipKeys, SlipKeys } from '../../adapters/kms/slip-keys.ts';
import { checkSlips as operation } from '../../contract/check-slips.ts';
import { slipCheckHeaders, slipCheckPage, slipCheckProblem } from '../../contract/slip-check-page.ts';
import { checkSlips } from './check-slips.ts';
import { Env } from './env.ts';

const { BOOK_TABLE, SLIP_KEYS } = Env.parse(process.env);

export const handler = openEndpoint(
  operation,
  checkSlips({
    keys: kmsSlipKeys(SlipKeys.parse(SLIP_KEYS)),
    ended: endedCodesDoor(documentClient(), BOOK_TABLE),
    fingerprint,
    now: Date.now,
  }),
  { renderings: { 'text/html': { answer: slipCheckPage, problem: slipCheckProblem, headers: slipCheckHeaders } } },
);
