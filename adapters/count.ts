import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Counted } from '../domain/ports/counted.ts';

const metrics = new Metrics();

/** Writes a metric into the log, from which CloudWatch reads it (embedded metric format). */
export function count(metric: Counted, value: number): void {
  metrics.singleMetric().addMetric(metric, MetricUnit.Count, value);
}
