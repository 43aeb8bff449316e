import * as z from 'zod';

const origins = z
  .string()
  .transform((text) => text.split(',').map((origin) => origin.trim()))
  .pipe(z.array(z.url({ protocol: /^https$/ }).transform((url) => new URL(url).origin)));

/**
 * The sites whose pages may call the API, upload scans and sign people in, from `cdk deploy -c
 * webOrigins=https://a,https://b`.
 * None by default: couriers' apps and other systems need no permission of a browser.
 *
 * @throws ZodError for anything but https addresses separated by commas
 */
export function webOriginsFrom(context: unknown): readonly string[] {
  return context === undefined ? [] : origins.parse(context);
}
