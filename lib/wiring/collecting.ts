import { createSentryErrorCounter } from '../adapters/ingest/sentry/error-counter.ts'
import { createErrorCollectionStore } from '../adapters/supabase/error-collection-store.ts'
import { wireMachine } from './machine.ts'

/** What counting errors by the hour works with. SENTRY_BASE_URL may name a Sentry of one's own. */
export function wireCollecting() {
  const { env, client, log, secretBox } = wireMachine()
  return {
    log,
    secretBox,
    store: createErrorCollectionStore(client),
    counter: createSentryErrorCounter(env.sentry.baseUrl ?? 'https://sentry.io'),
  }
}
