import { openEndpoint } from '../../adapters/http/endpoint.ts';
import { reportHealth as request } from '../../contract/report-health.ts';
import { reportHealth } from './report-health.ts';

export const handler = openEndpoint(request, reportHealth);
