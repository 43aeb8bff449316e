import { openEndpoint } from '../../adapters/http/endpoint.ts';
import { reportHealth as operation } from '../../contract/report-health.ts';
import { reportHealth } from './report-health.ts';

export const handler = openEndpoint(operation, reportHealth);
