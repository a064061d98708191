import { z } from 'zod'
import { monitorSecretsSchema, monitorTargetSchema } from '../monitor/config.ts'
import { TIMEOUT_MS } from '../monitor/limits.ts'
import { regionNameSchema } from '../monitor/schema-regions.ts'
import { CAUSES } from './outcome.ts'

/** What the installation and its probers say to each other. Both ends check it: neither trusts the version of the other. */

/** Probes of one request: with bodies of 64 KB each it stays below the 4.5 MB that a function takes. */
export const REGION_BATCH_MOST = 50

/** What is asked of a prober: to look at each target once. */
export const regionRequestSchema = z.strictObject({
  probes: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(64),
        target: monitorTargetSchema.refine(({ kind }) => kind !== 'heartbeat', 'a heartbeat is not probed'),
        secrets: monitorSecretsSchema,
        timeoutMs: z.number().int().min(TIMEOUT_MS.min).max(TIMEOUT_MS.max),
      }),
    )
    .max(REGION_BATCH_MOST),
})

const duration = z.number().min(0)
const text = z.string()

const outcomeSchema = z.object({
  verdict: z.enum(['up', 'degraded', 'down']),
  cause: z.enum(CAUSES).nullable(),
  message: text.max(2_000),
  startedAt: z.number(),
  durationMs: duration,
  phases: z
    .object({ dns: duration, tcp: duration, tls: duration, ttfb: duration, transfer: duration })
    .partial()
    .transform(({ dns, tcp, tls, ttfb, transfer }) => ({
      ...(dns === undefined ? {} : { dns }),
      ...(tcp === undefined ? {} : { tcp }),
      ...(tls === undefined ? {} : { tls }),
      ...(ttfb === undefined ? {} : { ttfb }),
      ...(transfer === undefined ? {} : { transfer }),
    })),
  statusCode: z.number().int().nullable(),
  remoteAddress: text.max(100).nullable(),
  bytes: z.number().nullable(),
  failures: z.array(z.object({ subject: text, expected: text, got: text })).max(100),
  certificate: z.object({ expiresAt: z.number(), issuer: text, subject: text, trustError: text.nullable() }).nullable(),
  bodyExcerpt: text.max(1_024).nullable(),
})

/** What a prober answers. `doubt` says why its failures are to be believed by nobody; null while its control targets answer. */
export const regionAnswerSchema = z.object({
  region: regionNameSchema,
  doubt: text.max(500).nullable(),
  outcomes: z.array(z.object({ id: text, outcome: outcomeSchema })).max(REGION_BATCH_MOST),
})
export type RegionAnswer = z.infer<typeof regionAnswerSchema>
