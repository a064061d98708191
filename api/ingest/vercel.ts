import { webhookFormats, wireWebhooks } from '../../lib/wiring/webhooks.ts'
import { webhookFunction } from '../_lib/webhook.ts'

/** Webhooks of Vercel about deployments. `/api/ingest/vercel/<key>` comes here by the rewrite in vercel.json. */
export const { GET, POST } = webhookFunction(wireWebhooks, webhookFormats.vercel)
