import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Counted } from '../domain/ports/counted.ts';

/**
 * The log of a function: one line of JSON each, which names people and their words nowhere. `service` is the operation.
 */
export const log = new Logger();

const metrics = new Metrics();

/** Writes a metric into the log, from which CloudWatch reads it (embedded metric format). */
export function count(metric: Counted, value: number): void {
  metrics.singleMetric().addMetric(metric, MetricUnit.Count, value);
}
