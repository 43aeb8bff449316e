import { noRouteEndpoint } from '../../adapters/http/endpoint.ts';
import { Env } from './env.ts';
import { methodsAt } from './refuse-route.ts';

const routes = Env.parse(process.env).ROUTES.split(',');

export const handler = noRouteEndpoint((path) => methodsAt(routes, path));
