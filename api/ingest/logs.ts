import { telemetryFormats, wireIngest } from '../../lib/wiring/ingest.ts'
import { telemetryFunction } from '../_lib/ingest-telemetry.ts'

/** Logs by one simple JSON call, or as JSON lines. */
export const { GET, POST } = telemetryFunction(wireIngest, telemetryFormats.jsonLogs)
