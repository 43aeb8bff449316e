/** A failure without the person: AWS repeats numbers and addresses in its words, and they would end in a log. */
export function nameless(person: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const told = new Error(error.message.replaceAll(person, '…'));
  return Object.assign(told, { name: error.name, ...('$metadata' in error && { $metadata: error.$metadata }) });
}
