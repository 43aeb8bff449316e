import { svgCodes } from '../../adapters/codes.ts';
import { dynamoBags } from '../../adapters/dynamodb/bags.ts';
import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { paperDoor } from '../../adapters/dynamodb/doors/papers.ts';
import { byRoute, endpoint } from '../../adapters/http/endpoint.ts';
import { kmsSlipSigner, SlipKeys } from '../../adapters/kms/slip-keys.ts';
import { showApology } from '../../contract/show-apology.ts';
import { showHandover } from '../../contract/show-handover.ts';
import { showLabel } from '../../contract/show-label.ts';
import { showManifest } from '../../contract/show-manifest.ts';
import { showNotice } from '../../contract/show-notice.ts';
import { showSlip } from '../../contract/show-slip.ts';
import { showStatement } from '../../contract/show-statement.ts';
import { Env } from './env.ts';
import { printPaper } from './print-paper.ts';

const { BOOK_TABLE, PEOPLE_TABLE, LOOKS_TABLE, SLIP_KEYS } = Env.parse(process.env);
const client = documentClient();
const papers = printPaper({
  door: paperDoor(client, { book: BOOK_TABLE, people: PEOPLE_TABLE, looks: LOOKS_TABLE }, Date.now),
  bags: dynamoBags(client, BOOK_TABLE),
  codes: svgCodes,
  sign: kmsSlipSigner(SlipKeys.parse(SLIP_KEYS)),
  now: Date.now,
});

export const handler = byRoute([
  [showSlip, endpoint(showSlip, papers.slip)],
  [showLabel, endpoint(showLabel, papers.label)],
  [showHandover, endpoint(showHandover, papers.handover)],
  [showManifest, endpoint(showManifest, papers.manifest)],
  [showStatement, endpoint(showStatement, papers.statement)],
  [showApology, endpoint(showApology, papers.apology)],
  [showNotice, endpoint(showNotice, papers.notice)],
]);
