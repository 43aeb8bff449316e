/** Headers of answers that mean something to a caller; a page in a browser is shown these and no others. */
export const answerHeaders = {
  'ETag': 'Of what was read: differs wherever the body does. Its number before the hyphen is the version for If-Match.',
  'Location': 'Where what was made can be read.',
  'Idempotency-Replayed': '`true` where this is what was answered to the same Idempotency-Key before.',
  'Link': 'Where a list goes on (`rel="next"`); absent where all of it was answered.',
  'Content-Disposition': 'The name under which a browser saves it.',
  'Retry-After': 'Seconds to wait before another try.',
  'Apigw-Requestid': 'The request’s id, to be named to us.',
} as const;
export type AnswerHeader = keyof typeof answerHeaders;
