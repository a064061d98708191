import { webhookFormats, wireWebhooks } from '../../lib/wiring/webhooks.ts'
import { webhookFunction } from '../_lib/webhook.ts'

/** Webhooks of Sentry about issues, alerts and errors. `/api/ingest/sentry/<key>` comes here by the rewrite in vercel.json. */
export const { GET, POST } = webhookFunction(wireWebhooks, webhookFormats.sentry)
