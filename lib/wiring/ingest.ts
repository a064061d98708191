import { jsonLogs, jsonMetrics } from '../adapters/ingest/json/formats.ts'
import { otlpLogs, otlpMetrics } from '../adapters/ingest/otlp/formats.ts'
import { createApiKeyStore } from '../adapters/supabase/api-key-store.ts'
import { isDatabaseAway } from '../adapters/supabase/is-database-away.ts'
import { createRateLimiter } from '../adapters/supabase/rate-limiter.ts'
import { createTelemetryStore } from '../adapters/supabase/telemetry-store.ts'
import { hashApiKey } from '../adapters/system/hash-api-key.ts'
import { authoriseKey } from '../queries/api/authorise.ts'
import { wireMachine } from './machine.ts'
import { wireReporter } from './reporter.ts'

/** The formats in which applications send metrics and logs. */
export const telemetryFormats = { otlpMetrics, otlpLogs, jsonMetrics, jsonLogs }

/** What the addresses that take metrics and logs work with. */
export function wireIngest() {
  const { env, client, log, clock } = wireMachine()
  const keys = createApiKeyStore(client)
  return {
    log,
    clock,
    reporter: wireReporter(),
    limiter: createRateLimiter(client),
    rateLimit: { capacity: env.rateLimitMax, windowSeconds: 60 },
    store: createTelemetryStore(client),
    authorise: (headers: Headers) => authoriseKey({ keys, hashKey: hashApiKey }, headers, 'ingest'),
    isDatabaseAway,
  }
}
