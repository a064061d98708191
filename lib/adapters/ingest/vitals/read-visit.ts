import { z } from 'zod'
import { pageOf } from '../../../domain/vital/page-path.ts'
import { VITALS, type Vital } from '../../../domain/vital/vital.ts'
import type { VisitReading, VitalMeasure } from '../../../ports/vital-store.ts'
import { firstIssue, missingOr } from '../first-issue.ts'
import { readJson } from '../read-json.ts'
import { createRefusalList } from '../refusal-list.ts'
import { cleanText, cutText } from '../text.ts'

/** web-vitals reports six, each at most a few times; a page that was left open and came back reports them again. */
const MEASURES_MAX = 50
const RELEASE_LENGTH_MAX = 100
/** Ten minutes: a page that takes longer was asleep. */
const TIME_MAX_MS = 600_000
/** Layout shift adds up; pages with infinite lists reach a few units, and no page a hundred. */
const SHIFT_MAX = 100

const NAMES = VITALS.map((vital) => (vital === 'load' ? vital : vital.toUpperCase())).join(', ')

const visitSchema = z.object({
  site: z.string(missingOr('must be text')).min(1, 'must not be empty').max(100, 'may have 100 characters'),
  page: z.string(missingOr('must be text')).max(4_000, 'may have 4000 characters'),
  release: z
    .string('must be text')
    .nullish()
    .transform((text) => cutText(cleanText(text ?? '').trim(), RELEASE_LENGTH_MAX)),
  metrics: z.array(z.unknown(), missingOr('must be a list')).max(MEASURES_MAX, `may have ${MEASURES_MAX} items`),
})

/** Open for more: people send what web-vitals hands them, with `rating`, `delta`, `entries` and what is to come. */
const measureSchema = z.object({
  name: z
    .string(missingOr('must be text'))
    .transform((name) => name.toLowerCase())
    .pipe(z.enum(VITALS, `must be one of ${NAMES}`)),
  value: z.number(missingOr('must be a finite number')).min(0, 'must not be negative'),
  id: z.string(missingOr('must be text')).min(1, 'must not be empty').max(100, 'may have 100 characters'),
})

/**
 * The message of a page: `{"site", "page", "release"?, "metrics": [{"name", "value", "id"}]}`. What is wrong with one metric costs only that
 * one. Pages are named without ids also when the sender did not do it.
 */
export function readVisit(text: string): VisitReading {
  const json = readJson(text)
  if (!json.ok) return json
  const parsed = visitSchema.safeParse(json.value)
  if (!parsed.success) return { ok: false, ...firstIssue(parsed.error, '') }
  const { site, page, release, metrics } = parsed.data
  const refusals = createRefusalList()
  const measures: VitalMeasure[] = []
  for (const [index, given] of metrics.entries()) {
    const read = readMeasure(given, `metrics[${index}]`)
    if ('measure' in read) measures.push(read.measure)
    else refusals.add({ ...read, code: 'invalid', count: 1 })
  }
  return {
    ok: true,
    site: cleanText(site),
    visit: { page: pageOf(cleanText(page)), release, measures },
    refusals: refusals.told(),
    rejections: refusals.rejections(),
  }
}

function readMeasure(given: unknown, path: string): { measure: VitalMeasure } | { field: string; message: string } {
  const parsed = measureSchema.safeParse(given)
  if (!parsed.success) return firstIssue(parsed.error, path)
  const { name: metric, value, id } = parsed.data
  const highest = highestOf(metric)
  if (value > highest) return { field: `${path}.value`, message: `must be at most ${highest} for ${metric}` }
  return { measure: { id: cleanText(id), metric, value } }
}

function highestOf(vital: Vital): number {
  return vital === 'cls' ? SHIFT_MAX : TIME_MAX_MS
}
