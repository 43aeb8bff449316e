/** Stands in for `@smithy/core/event-streams` in the bundles (ADR 0029): no function asks S3 for a stream of events. */
export function resolveEventStreamSerdeConfig<T>(config: T): T {
  return config;
}

export function eventStreamSerdeProvider(): never {
  throw new Error('streams of events are left out of the bundles');
}
