import { z } from 'zod'
import { keySchema } from '../monitor/config.ts'
import { isTimeZone } from '../time/format-zoned.ts'
import { DAY } from '../time/instant.ts'
import { WINDOW_MS } from './maintenance.ts'
import { parseMatcher, writeMatcher } from './matcher.ts'
import { parseRecurrence } from './recurrence.ts'
import { SILENCE_DAYS } from './silence.ts'

const matcher = z.string().transform((text, context) => {
  const parsed = parseMatcher(text)
  if (parsed.ok) return writeMatcher(parsed.matcher)
  context.addIssue({ code: 'custom', message: parsed.message })
  return z.NEVER
})

/** A silence as people make one. Instants are ms since the epoch. */
export const silenceSpecSchema = z
  .strictObject({
    matchers: z.array(matcher).min(1, 'needs at least one matcher').max(10, 'must be at most 10 matchers'),
    startsAt: z.number().int(),
    endsAt: z.number().int(),
    comment: z.string().trim().max(500, 'must have at most 500 characters').default(''),
  })
  .refine(({ startsAt, endsAt }) => endsAt > startsAt, { path: ['endsAt'], error: 'must come after the beginning' })
  .refine(({ startsAt, endsAt }) => endsAt - startsAt <= SILENCE_DAYS * DAY, {
    path: ['endsAt'],
    error: `must be at most ${SILENCE_DAYS} days after the beginning`,
  })
export type SilenceSpec = z.infer<typeof silenceSpecSchema>

const recurrence = z
  .string()
  .trim()
  .max(200)
  .transform((text, context) => {
    const parsed = parseRecurrence(text)
    if (parsed.ok) return text.toUpperCase().replace(/^RRULE:/, '')
    context.addIssue({ code: 'custom', message: parsed.message })
    return z.NEVER
  })

const scope = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('project') }),
  z.strictObject({
    kind: z.literal('tags'),
    tags: z.array(z.string().trim().min(1).max(40)).min(1, 'needs at least one tag').max(20),
  }),
  z.strictObject({
    kind: z.literal('monitors'),
    keys: z.array(keySchema).min(1, 'needs at least one monitor').max(100),
  }),
])

/** What deployments do to alerts: how long they keep them quiet, and how long they are suspect; 0 for not at all. */
export const deployMuteSchema = z.strictObject({
  muteSeconds: z.number().int().min(0).max(3_600, 'must be 0 to 3600 seconds'),
  soakMinutes: z.number().int().min(0).max(1_440, 'must be 0 to 1440 minutes'),
})
export type DeployMute = z.infer<typeof deployMuteSchema>

/** A maintenance as people plan one. */
export const maintenanceSpecSchema = z.strictObject({
  name: z.string().trim().min(1, 'must not be empty').max(120, 'must have at most 120 characters'),
  description: z.string().trim().max(2_000, 'must have at most 2,000 characters').default(''),
  scope,
  timeZone: z.string().max(64).refine(isTimeZone, 'must be a time zone such as Europe/Paris'),
  startDate: z.iso.date('must be a day such as 2026-11-30'),
  startTimeMs: z
    .number('must be a time such as 02:00')
    .int()
    .min(0)
    .max(DAY - 1, 'must be a time such as 02:00'),
  durationMs: z
    .number('must be a length such as 90 minutes')
    .int()
    .min(WINDOW_MS.min, 'must be at least a minute')
    .max(WINDOW_MS.max, 'must be at most a week'),
  recurrence: recurrence.nullable().default(null),
  announced: z.boolean().default(false),
})
export type MaintenanceSpec = z.infer<typeof maintenanceSpecSchema>
