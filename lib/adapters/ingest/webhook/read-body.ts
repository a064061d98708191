import type { z } from 'zod'
import type { ReadWebhook, WebhookReading } from '../../../ports/webhook-format.ts'
import { firstIssue } from '../first-issue.ts'
import { readJson } from '../read-json.ts'

const NOTHING = { deployments: [], issues: [], series: [], passedOver: null } as const

/** Reads a body of this shape. */
export function readBody<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  take: (body: z.output<Schema>) => ReadWebhook,
): ReadWebhook {
  const json = readJson(text)
  if (!json.ok) return json
  const parsed = schema.safeParse(json.value)
  return parsed.success ? take(parsed.data) : { ok: false, ...firstIssue(parsed.error, '') }
}

export function reading(part: Partial<WebhookReading>): ReadWebhook {
  return { ok: true, reading: { ...NOTHING, ...part } }
}

/** An event of which nothing is kept, by the platform's name for it. */
export function passOver(event: string): ReadWebhook {
  return reading({ passedOver: event.slice(0, 100) })
}
