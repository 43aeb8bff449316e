import { svgCodes } from '../../adapters/codes.ts';
import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { paperDoor } from '../../adapters/dynamodb/doors/papers.ts';
import { byRoute, endpoint } from '../../adapters/http/endpoint.ts';
import { showLabel } from '../../contract/show-label.ts';
import { showSlip } from '../../contract/show-slip.ts';
import { Env } from './env.ts';
import { printPaper } from './print-paper.ts';

const { BOOK_TABLE, PEOPLE_TABLE, LOOKS_TABLE } = Env.parse(process.env);
const papers = printPaper({
  door: paperDoor(documentClient(), { book: BOOK_TABLE, people: PEOPLE_TABLE, looks: LOOKS_TABLE }, Date.now),
  codes: svgCodes,
  now: Date.now,
});

export const handler = byRoute([
  [showSlip, endpoint(showSlip, papers.slip)],
  [showLabel, endpoint(showLabel, papers.label)],
]);
