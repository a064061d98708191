import { beforeAll, describe, expect, test } from 'vitest'
import { createFeedbackReader } from '../../lib/adapters/supabase/feedback-reader.ts'
import { createFeedbackStore } from '../../lib/adapters/supabase/feedback-store.ts'
import type { GivenAnswer, Rating } from '../../lib/domain/feedback/answer.ts'
import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../../lib/domain/time/instant.ts'
import { weekAt } from '../../lib/domain/time/week.ts'
import type { FeedbackReader } from '../../lib/ports/feedback-reader.ts'
import { readAllAnswers, readSatisfaction, type SatisfactionRequest } from '../../lib/queries/satisfaction.ts'
import { type FakeDatabaseClock, useFakeClock } from '../support/postgres.ts'
import { type TestStack, testStack } from '../support/stack.ts'

/** A Friday. Six weeks before, the clocks of Paris changed. */
const NOW: Instant = Date.UTC(2026, 11, 4, 12)
const ZONE = 'Europe/Paris'
const ALL: SatisfactionRequest = { range: '13w', page: null, rating: null, below: null }

interface Given {
  at: Instant
  rating: Rating
  page: string
  comment: string
  perceivedSpeed: Rating | null
  loadMs: number | null
}

let stack: TestStack
let clock: FakeDatabaseClock
let projectId: string
let viewer: FeedbackReader
let given: Given[]
beforeAll(async () => {
  stack = await testStack()
  clock = await useFakeClock(stack.sql, NOW)
  projectId = await addProject('shop')
  viewer = createFeedbackReader((await stack.user('viewer', projectId)).client as never)
  // Some two answers a day over ten weeks, of every kind.
  given = Array.from({ length: 140 }, (_, index) => ({
    at: NOW - index * 12 * HOUR - index * SECOND,
    rating: (((index * 7) % 5) + 1) as Rating,
    page: ['/', '/checkout', '/orders/:id'][index % 3] ?? '',
    comment: index % 2 === 0 ? `comment ${index}` : '',
    perceivedSpeed: index % 4 === 3 ? null : ((((index * 3) % 5) + 1) as Rating),
    loadMs: index % 8 === 0 ? null : 200 + ((index * 7919) % 3_000),
  }))
  for (const [index, one] of given.toReversed().entries()) await keep(projectId, `answer-${index}`, one)
  await clock.set(NOW)
})

async function addProject(slug: string): Promise<string> {
  const [row] = await stack.sql<{ id: string }[]>`
    insert into public.projects (slug, name, time_zone) values (${slug}, ${slug}, ${ZONE}) returning id`
  return row?.id ?? ''
}

async function keep(project: string, id: string, { at, ...answer }: Given): Promise<void> {
  await clock.set(at)
  const whole: GivenAnswer = { id, at: null, locale: 'en', release: '', environment: 'production', ...answer }
  await createFeedbackStore(stack.service as never).storeAnswer(project, 'server', whole)
}

const place = (project = projectId) => ({ projectId: project, timeZone: ZONE, now: NOW })
const read = (changes: Partial<SatisfactionRequest> = {}, reader = viewer, project = projectId) =>
  readSatisfaction(reader, place(project), { ...ALL, ...changes })
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** As `percentile_cont` is defined: between two values, in proportion. */
function percentile(values: readonly number[], q: number): number | null {
  const sorted = values.toSorted((one, other) => one - other)
  const at = (sorted.length - 1) * q
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]]
  return low === undefined || high === undefined ? null : low + (high - low) * (at - Math.floor(at))
}

describe('the figures are those of the answers themselves', () => {
  test('count, average and distribution', async () => {
    const view = await read()
    expect(view.count).toBe(given.length)
    expect(view.average).toBeCloseTo(mean(given.map(({ rating }) => rating)), 9)
    expect(view.counts).toEqual([1, 2, 3, 4, 5].map((n) => given.filter(({ rating }) => rating === n).length))
  })
  test('by week of the project’s own zone, over a change of the clocks', async () => {
    const { weeks } = await read()
    for (const { at, counts } of weeks) {
      expect(weekAt(ZONE, at).startAt).toBe(at)
      const inWeek = given.filter((one) => weekAt(ZONE, one.at).startAt === at)
      expect(counts).toEqual([1, 2, 3, 4, 5].map((n) => inWeek.filter(({ rating }) => rating === n).length))
    }
    expect(weeks.length).toBe(new Set(given.map(({ at }) => weekAt(ZONE, at).startAt)).size)
  })
  test('by page, worst first', async () => {
    const { pages } = await read()
    const averages = pages.map(({ sum, count }) => sum / count)
    expect(averages).toEqual(averages.toSorted((one, other) => one - other))
    for (const { page, count, sum } of pages) {
      const ofPage = given.filter((one) => one.page === page)
      expect([count, sum]).toEqual([ofPage.length, ofPage.reduce((total, { rating }) => total + rating, 0)])
    }
  })
  test('how fast it felt, beside what was measured for the same people', async () => {
    const { speeds } = await read()
    expect(speeds.map(({ perceived }) => perceived)).toEqual([1, 2, 3, 4, 5])
    for (const speed of speeds) {
      const felt = given.filter(({ perceivedSpeed }) => perceivedSpeed === speed.perceived)
      const measured = felt.flatMap(({ loadMs }) => loadMs ?? [])
      expect([speed.count, speed.measured]).toEqual([felt.length, measured.length])
      expect(speed.medianMs).toBeCloseTo(percentile(measured, 0.5) ?? Number.NaN, 6)
      expect(speed.p75Ms).toBeCloseTo(percentile(measured, 0.75) ?? Number.NaN, 6)
    }
  })
  test('of one page alone, while the list of pages stays whole', async () => {
    const view = await read({ page: '/checkout' })
    expect(view.count).toBe(given.filter(({ page }) => page === '/checkout').length)
    expect(view.pages).toHaveLength(3)
    expect(view.comments.every(({ page }) => page === '/checkout')).toBe(true)
  })
  test('of four weeks: the running one and the three before', async () => {
    const view = await read({ range: '4w' })
    const from = weekAt(ZONE, NOW - 21 * DAY).startAt
    expect(view.from).toBe(from)
    expect(view.count).toBe(given.filter(({ at }) => at >= from).length)
  })
})

describe('the list', () => {
  test('goes page by page through everything that was written, newest first, nothing twice', async () => {
    const seen: string[] = []
    let below: SatisfactionRequest['below'] = null
    do {
      const view: Awaited<ReturnType<typeof read>> = await read({ below })
      seen.push(...view.comments.map(({ comment }) => comment))
      below = view.next
    } while (below !== null)
    expect(seen).toEqual(given.flatMap(({ comment }) => comment || []))
  })
  test('shows one rating when asked', async () => {
    const { comments } = await read({ rating: 2 })
    expect(comments.length).toBeGreaterThan(0)
    expect(comments.every(({ rating }) => rating === 2)).toBe(true)
  })
  test('answers of one millisecond are all there, however the pages fall', async () => {
    const crowded = await addProject('crowded')
    const one = { at: NOW - MINUTE, rating: 5, page: '', perceivedSpeed: null, loadMs: null } as const
    for (let n = 0; n < 30; n += 1) await keep(crowded, `answer-${n}`, { ...one, comment: `comment ${n}` })
    const reader = createFeedbackReader((await stack.user('viewer', crowded)).client as never)
    const first = await read({}, reader, crowded)
    const second = await read({ below: first.next }, reader, crowded)
    expect(new Set([...first.comments, ...second.comments].map(({ comment }) => comment)).size).toBe(30)
  })
  test('as a whole has every answer, with and without words', async () => {
    const all: string[] = []
    for await (const piece of readAllAnswers(viewer, place(), ALL)) all.push(...piece.map(({ id }) => id))
    expect(new Set(all).size).toBe(given.length)
    expect(all).toHaveLength(given.length)
  })
})

describe('who may read', () => {
  test('a viewer of the project, and nobody of another one', async () => {
    const outsider = createFeedbackReader((await stack.outsider()).client as never)
    expect(await read({}, outsider)).toMatchObject({ hasAny: false, count: 0, average: null, pages: [], comments: [] })
    expect(await outsider.readSiteKey(projectId)).toBeNull()
    expect(await viewer.readSiteKey(projectId)).toMatch(/^site_[0-9a-f]{32}$/)
  })
})
