import { webhookFormats, wireWebhooks } from '../../lib/wiring/webhooks.ts'
import { webhookFunction } from '../_lib/webhook.ts'

/** Webhooks of Railway about deployments. `/api/ingest/railway/<key>` comes here by the rewrite in vercel.json. */
export const { GET, POST } = webhookFunction(wireWebhooks, webhookFormats.railway)
