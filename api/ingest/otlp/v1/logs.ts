import { telemetryFormats, wireIngest } from '../../../../lib/wiring/ingest.ts'
import { telemetryFunction } from '../../../_lib/ingest-telemetry.ts'

/** Logs by OTLP/HTTP JSON. */
export const { GET, POST } = telemetryFunction(wireIngest, telemetryFormats.otlpLogs)
