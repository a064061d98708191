import { githubWebhook } from '../adapters/ingest/github/deployment-webhook.ts'
import { railwayWebhook } from '../adapters/ingest/railway/deployment-webhook.ts'
import { sentryWebhook } from '../adapters/ingest/sentry/issue-webhook.ts'
import { vercelWebhook } from '../adapters/ingest/vercel/deployment-webhook.ts'
import { isDatabaseAway } from '../adapters/supabase/is-database-away.ts'
import { createWebhookStore } from '../adapters/supabase/webhook-store.ts'
import { wireMachine } from './machine.ts'
import { wireReporter } from './reporter.ts'

/** How each platform calls. */
export const webhookFormats = {
  vercel: vercelWebhook,
  railway: railwayWebhook,
  github: githubWebhook,
  sentry: sentryWebhook,
}

/** What the addresses that platforms call work with. */
export function wireWebhooks() {
  const { env, client, log, clock, secretBox } = wireMachine()
  return {
    log,
    clock,
    reporter: wireReporter(),
    perMinute: env.rateLimitMax,
    store: createWebhookStore(client),
    openSecret: (ciphertext: string) => String(secretBox.open(ciphertext)),
    isDatabaseAway,
  }
}
