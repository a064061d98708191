import { readVisit } from '../adapters/ingest/vitals/read-visit.ts'
import { isDatabaseAway } from '../adapters/supabase/is-database-away.ts'
import { createRateLimiter } from '../adapters/supabase/rate-limiter.ts'
import { createVitalStore } from '../adapters/supabase/vital-store.ts'
import { createVisitorHash } from '../adapters/system/hash-visitor.ts'
import { wireMachine } from './machine.ts'
import { wireReporter } from './reporter.ts'

/** One site has many visitors: it may send so many times more often than one of them. */
const VISITORS_AT_ONCE = 10

/** What the address that takes page measurements works with. */
export function wireVitalIngest() {
  const { env, client, log } = wireMachine()
  const { rateLimitMax } = env
  return {
    log,
    reporter: wireReporter(),
    limiter: createRateLimiter(client),
    addressLimit: { capacity: rateLimitMax, windowSeconds: 60 },
    siteLimit: { capacity: rateLimitMax * VISITORS_AT_ONCE, windowSeconds: 60 },
    store: createVitalStore(client),
    readVisit,
    hashVisitor: createVisitorHash(env.secretKey),
    isDatabaseAway,
  }
}
