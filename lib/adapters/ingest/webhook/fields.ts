import { z } from 'zod'
import type { DeploymentFacts } from '../../../domain/deployment/deployment.ts'
import type { Instant } from '../../../domain/time/instant.ts'
import { cleanText, cutText } from '../text.ts'

/** Parts of the schemas of webhooks. What is of no consequence and of the wrong type is as if it were not there: platforms add and change. */

/** Text of at most `length` characters; empty for anything else. */
export function optionalText(length: number) {
  return z
    .string()
    .transform((text) => cutText(cleanText(text).trim(), length))
    .catch('')
}

/** The platform's id of something, as text or number. */
export const idSchema = z.union([
  z
    .string()
    .trim()
    .min(1)
    .max(200)
    .refine((text) => cleanText(text) === text, 'must be text without control characters'),
  z.number().int().nonnegative().transform(String),
])

/** An address that may stand behind a link; empty for anything else, `javascript:` above all. */
export const optionalUrl = z
  .string()
  .trim()
  .max(2_000)
  .refine((text) => cleanText(text) === text && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))
  .catch('')

/** RFC 3339 text, or milliseconds or seconds since 1970, fractions included; null where nothing is said. */
export const timeSchema = z
  .union([
    z.number().transform((number) => (number < SECONDS_BELOW ? number * 1_000 : number)),
    z
      .string()
      .regex(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/)
      .transform((text) => Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`)),
  ])
  .refine((at) => at >= 0 && at <= LATEST, 'must be a time')
  .nullish()
  .transform((at) => at ?? null)

/** As seconds this is the year 5138, as milliseconds March 1973: no platform means either. */
const SECONDS_BELOW = 1e11
const LATEST = Date.UTC(9999, 0)

/** A clock that is ahead of ours must not make a state that nothing later can change. */
export function notAhead(at: Instant | null, receivedAt: Instant): Instant {
  return at === null ? receivedAt : Math.min(at, receivedAt)
}

/** Cut to what a row keeps. */
export function toFacts(facts: DeploymentFacts): DeploymentFacts {
  const [firstLine = ''] = facts.commitMessage.trimStart().split(/\r?\n/, 1)
  return {
    service: cutText(facts.service, 200),
    environment: cutText(facts.environment.toLowerCase(), 100),
    branch: cutText(facts.branch.replace(/^refs\/heads\//, ''), 250),
    commit: /^[0-9a-f]{4,64}$/i.test(facts.commit) ? facts.commit.toLowerCase() : '',
    commitMessage: cutText(firstLine, 200),
    url: facts.url,
  }
}
