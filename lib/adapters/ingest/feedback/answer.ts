import { z } from 'zod'
import { COMMENT_LENGTH_MAX, LOAD_MAX_MS, type Rating } from '../../../domain/feedback/answer.ts'
import { pageOf } from '../../../domain/vital/page-path.ts'
import type { AnswerReading } from '../../../ports/feedback-store.ts'
import { firstIssue, missingOr } from '../first-issue.ts'
import { NO_TIME_TEXT, parseTime } from '../json/parse-time.ts'
import { NAME_LENGTH_MAX } from '../limits.ts'
import { readJson } from '../read-json.ts'
import { cleanText } from '../text.ts'

const rating = z
  .number(missingOr('must be 1, 2, 3, 4 or 5'))
  .refine((value): value is Rating => [1, 2, 3, 4, 5].includes(value), 'must be 1, 2, 3, 4 or 5')
const text = (length: number) =>
  z
    .string('must be text')
    .max(length, `may have ${length} characters`)
    .nullish()
    .transform((given) => cleanText(given ?? '').trim())
const load = `must be a number of milliseconds from 0 to ${LOAD_MAX_MS}`
const LOCALE = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$/
const NO_LOCALE = 'must be a language such as en or fr-CA'

/** Strict: a misspelt field would otherwise be lost without a word. */
const answer = z.strictObject(
  {
    id: z
      .string(missingOr('must be text'))
      .regex(/^[\w.:-]{8,100}$/, 'must have 8 to 100 letters, digits or any of . : _ -'),
    rating,
    comment: text(COMMENT_LENGTH_MAX),
    page: text(2_000).transform(toPage),
    perceivedSpeed: rating.nullish(),
    loadMs: z.number(load).min(0, load).max(LOAD_MAX_MS, load).nullish(),
    locale: z.string(NO_LOCALE).max(35, NO_LOCALE).regex(LOCALE, NO_LOCALE).nullish(),
    release: text(NAME_LENGTH_MAX),
    environment: text(NAME_LENGTH_MAX),
    at: z.unknown().optional(),
    site: z.unknown().optional(),
  },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? 'has a field that is not known; known are id, rating, comment, page, perceivedSpeed, loadMs, locale, release, environment, at and site'
        : undefined,
  },
)

/** One answer of a user: `{"id", "rating", "comment"?, "page"?, "perceivedSpeed"?, "loadMs"?, …}`. Never throws, whatever the text is. */
export function readAnswer(body: string): AnswerReading {
  const json = readJson(body)
  if (!json.ok) return { siteKey: null, ...json }
  const siteKey = readSiteKey(json.value)
  const parsed = answer.safeParse(json.value)
  if (!parsed.success) return { siteKey, ok: false, ...firstIssue(parsed.error, '') }
  const { site, perceivedSpeed, loadMs, locale, environment, at, ...rest } = parsed.data
  const hasTime = at !== undefined && at !== null
  const instant = hasTime ? parseTime(at) : null
  if (hasTime && instant === null) return { siteKey, ok: false, field: 'at', message: NO_TIME_TEXT }
  return {
    siteKey,
    ok: true,
    answer: {
      ...rest,
      perceivedSpeed: perceivedSpeed ?? null,
      loadMs: loadMs === null || loadMs === undefined ? null : Math.round(loadMs),
      locale: locale ?? '',
      environment: environment === '' ? 'production' : environment,
      at: instant,
    },
  }
}

function readSiteKey(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, 'site')) return null
  const { site } = body as { site: unknown }
  return typeof site === 'string' ? cleanText(site.slice(0, 100)) : null
}

/** One page for all orders, and never what follows `?`, which may be a secret. Empty stays empty: it is not the front page. */
function toPage(given: string): string {
  return given === '' ? '' : cleanText(pageOf(given))
}
