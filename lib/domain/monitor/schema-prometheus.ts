import { z } from 'zod'
import { parseSampleAssertion } from './sample-assertion.ts'
import { httpUrl } from './schema-url.ts'

const sampleAssertion = z
  .string()
  .trim()
  .max(1_000)
  .superRefine((text, context) => {
    const parsed = parseSampleAssertion(text)
    if (!parsed.ok) context.addIssue({ code: 'custom', message: parsed.message })
  })

/** A `/metrics` address. Sign-in and secret headers are secrets, as those of a web address. */
export const prometheusConfigSchema = z.strictObject({
  url: httpUrl,
  verifyTls: z.boolean().default(true),
  /** Slower than this is degraded. */
  latencyMs: z.number().int().min(1).max(60_000).optional(),
  /** `queue_length{queue="mail"} < 100`: every sample that is meant must hold, and there must be one. */
  samples: z.array(sampleAssertion).max(20).default([]),
  /** Keep what is read as metrics of the project. */
  collect: z.boolean().default(false),
  /** Names to keep, with `*` for any characters; all of them when empty. */
  include: z
    .array(
      z
        .string()
        .trim()
        .regex(/^[a-zA-Z_:*][a-zA-Z0-9_:*]{0,199}$/, 'must be a name of metrics, with * for any characters'),
    )
    .max(50)
    .default([]),
})
export type PrometheusConfig = z.infer<typeof prometheusConfigSchema>
