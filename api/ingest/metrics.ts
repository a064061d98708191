import { telemetryFormats, wireIngest } from '../../lib/wiring/ingest.ts'
import { telemetryFunction } from '../_lib/ingest-telemetry.ts'

/** Metrics by one simple JSON call. */
export const { GET, POST } = telemetryFunction(wireIngest, telemetryFormats.jsonMetrics)
