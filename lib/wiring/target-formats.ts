import { readExposition } from '../adapters/ingest/prometheus/read-exposition.ts'
import { readStatusPage } from '../adapters/ingest/statuspage/read-summary.ts'
import type { TargetFormats } from '../ports/target-format.ts'

/** How the prober reads what targets say of themselves. */
export const targetFormats: TargetFormats = { readExposition, readStatusPage }
