import { apiClient, type ApiClient } from '../client/api-client.ts';

/** Where the system is, and what its user pool gave your application; `npm run example -- NAME` fills them in. */
function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: npm run example -- portal sets it, against npm start.`);
  return value;
}

export const apiUrl = setting('API_URL');

/** The open part of the API, for which nobody needs a token. */
export const everybody: ApiClient = apiClient({ apiUrl });

/**
 * A portal as itself: asks for a token once and keeps it until a minute before it expires, for each one costs money
 * (docs/api/signing-in.md).
 */
export function portal(): ApiClient {
  const credentials = Buffer.from(`${setting('CLIENT_ID')}:${setting('CLIENT_SECRET')}`).toString('base64');
  let kept = { token: '', until: 0 };
  const token = async (): Promise<string> => {
    if (Date.now() < kept.until) return kept.token;
    const answer = await fetch(`${setting('SIGN_IN_URL')}/oauth2/token`, {
      method: 'POST',
      headers: { 'authorization': `Basic ${credentials}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=client_credentials',
    });
    const said: unknown = await answer.json();
    if (typeof said !== 'object' || said === null || !('access_token' in said) || !('expires_in' in said))
      throw new Error(`No token: ${JSON.stringify(said)}`);
    kept = { token: String(said.access_token), until: Date.now() + (Number(said.expires_in) - 60) * 1000 };
    return kept.token;
  };
  return apiClient({ apiUrl, token });
}

/** Somebody who has signed in; his application keeps his token. */
export function person(role: 'clerk' | 'courier' | 'officer'): ApiClient {
  const token = setting(`${role.toUpperCase()}_TOKEN`);
  return apiClient({ apiUrl, token: async () => Promise.resolve(token) });
}

let labels = 0;

/** A label as it comes from the roll at the counter: a domestic S10 code with its check digit. */
export function label(): string {
  labels += 1;
  const serial = String((Date.now() + labels) % 100_000_000).padStart(8, '0');
  const weights = [8, 6, 4, 2, 3, 5, 9, 7];
  const rest = 11 - (weights.reduce((sum, weight, place) => sum + weight * Number(serial[place]), 0) % 11);
  const checkDigit = rest === 10 ? 0 : rest === 11 ? 5 : rest;
  return `RE${serial}${checkDigit}VN`;
}
