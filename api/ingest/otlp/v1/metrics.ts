import { telemetryFormats, wireIngest } from '../../../../lib/wiring/ingest.ts'
import { telemetryFunction } from '../../../_lib/ingest-telemetry.ts'

/** Metrics by OTLP/HTTP JSON. An exporter is given the address `/api/ingest/otlp` and adds the rest itself. */
export const { GET, POST } = telemetryFunction(wireIngest, telemetryFormats.otlpMetrics)
