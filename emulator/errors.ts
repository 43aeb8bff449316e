import { NotADataDirectory } from './data-directory/data-directory.ts';
import { FileProblem } from './data-directory/file-problem.ts';
import { DataDirectoryInUse } from './data-directory/lock.ts';
import { NoDynamoDbForThisMachine } from './dynamodb/binary.ts';
import { DataInUse } from './dynamodb/pid-file.ts';
import { DynamoDbDoesNotStart } from './dynamodb/start-dynamodb.ts';
import { TableMismatch } from './dynamodb/tables.ts';
import { PortTaken } from './port.ts';
import { TemplateProblem } from './template/problem.ts';

const forPeople = [
  TemplateProblem,
  PortTaken,
  DataDirectoryInUse,
  NotADataDirectory,
  FileProblem,
  DynamoDbDoesNotStart,
  NoDynamoDbForThisMachine,
  DataInUse,
  TableMismatch,
];

/** What a person can understand and mend; everything else is a defect and shows its stack. */
export function isForPeople(error: unknown): error is Error {
  return forPeople.some((kind) => error instanceof kind);
}
