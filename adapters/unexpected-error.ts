/**
 * What may be said of an unexpected error in a log: its name and where it came from. Never its message, which may quote
 * the very data it stumbled over, and which runs on into the stack's text.
 */
export function describeUnexpected(error: unknown): { readonly error: string; readonly at: readonly string[] } {
  return error instanceof Error ? { error: error.name, at: placesIn(error) } : { error: 'unknown', at: [] };
}

function placesIn({ stack = '', message }: Error): readonly string[] {
  return stack
    .slice(stack.includes(message) ? stack.indexOf(message) + message.length : 0)
    .split('\n')
    .filter((text) => /^ {4}at .+:\d+:\d+\)?$/.test(text))
    .slice(0, 5);
}
