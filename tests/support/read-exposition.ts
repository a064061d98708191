import { readExposition } from '../../lib/adapters/ingest/prometheus/read-exposition.ts'
import type { ExpositionReading } from '../../lib/ports/target-format.ts'

/** Reads in one go what the prober reads in turns. */
export function readAllExposition(text: string, isOpenMetrics: boolean): ExpositionReading {
  const steps = readExposition(text, isOpenMetrics)
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value
}
