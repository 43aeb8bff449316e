/** What is known of one request by the time it is answered, under the names of API Gateway's `$context` variables. */
export type Facts = Map<string, string | number>;

/**
 * One line of the access log in the stage's own format; what a request does not have is a dash.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
export function accessLogLine(format: string, facts: Facts): string {
  const line = format.replaceAll(/\$context\.([\w.]+)/g, (_, name: string) => String(facts.get(name) ?? '-'));
  return `${line}\n`;
}
