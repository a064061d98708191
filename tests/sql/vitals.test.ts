import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createVitalReader } from '../../lib/adapters/supabase/vital-reader.ts'
import { createVitalStore } from '../../lib/adapters/supabase/vital-store.ts'
import { DAY, HOUR, type Instant, MINUTE } from '../../lib/domain/time/instant.ts'
import { rateVital, type Vital } from '../../lib/domain/vital/vital.ts'
import type { VitalReader } from '../../lib/ports/vital-reader.ts'
import type { StoredVisit, VitalStore } from '../../lib/ports/vital-store.ts'
import { NOW, telemetrySupport } from '../support/telemetry.ts'

/** What the format promises (2^(1/64) buckets): 0.542 %, and a little for the last bit of a logarithm. */
const BOUND = 0.0055
const DAY_AT = Math.floor(NOW / DAY) * DAY

let support: Awaited<ReturnType<typeof telemetrySupport>>
let store: VitalStore
let projectId: string
let reader: VitalReader
let count = 0
beforeAll(async () => {
  support = await telemetrySupport()
  store = createVitalStore(support.stack.service as never)
})
beforeEach(async () => {
  await support.clock.set(NOW)
  count += 1
  projectId = await support.addProject(`shop-${count}`)
  reader = createVitalReader((await support.stack.user('viewer', projectId)).client as never)
})

function visit(changes: Partial<StoredVisit> = {}): StoredVisit {
  return {
    page: '/',
    release: '',
    device: 'desktop',
    country: '',
    visitor: 'v',
    measures: [],
    rejections: [],
    ...changes,
  }
}
const measure = (id: string, metric: Vital, value: number) => ({ id, metric, value })
const ask = (changes: { from?: Instant; until?: Instant; where?: Record<string, string> } = {}) =>
  reader.query(projectId, { from: NOW - DAY, until: NOW + HOUR, stepMs: HOUR, where: {}, ...changes })
const rows = () =>
  support.stack
    .sql`select metric, value, page from public.vitals where project_id = ${projectId} order by metric, value`

/** Mulberry32: the same values in every run. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

describe('what is sent again', () => {
  test('the same message twice is one page view', async () => {
    const message = visit({ measures: [measure('a', 'lcp', 900), measure('b', 'cls', 0.02)] })
    expect(await store.storeVisit(projectId, message)).toEqual({ accepted: 2 })
    expect(await store.storeVisit(projectId, message)).toEqual({ accepted: 2 })
    expect(await rows()).toHaveLength(2)
    const [days] = await support.stack.sql`
      select count::integer from public.ingest_days where project_id = ${projectId} and source = 'vitals' and code = ''`
    expect(days).toEqual({ count: 2 })
  })

  test('the last value of a metric holds, within one message and between two', async () => {
    await store.storeVisit(projectId, visit({ measures: [measure('a', 'cls', 0.3), measure('a', 'cls', 0.01)] }))
    expect(await rows()).toMatchObject([{ value: 0.01 }])
    await store.storeVisit(projectId, visit({ measures: [measure('a', 'cls', 0.2)] }))
    expect(await rows()).toMatchObject([{ value: 0.2 }])
  })

  test('one id for several metrics is one row each', async () => {
    await store.storeVisit(projectId, visit({ measures: [measure('a', 'lcp', 1), measure('a', 'inp', 2)] }))
    expect(await rows()).toHaveLength(2)
  })

  test('a page that stays open over midnight is still one page view, in the hour in which it began', async () => {
    await support.clock.set(DAY_AT + DAY - MINUTE)
    await store.storeVisit(projectId, visit({ measures: [measure('a', 'inp', 100)] }))
    await support.clock.set(DAY_AT + DAY + HOUR)
    await store.storeVisit(projectId, visit({ measures: [measure('a', 'inp', 480)] }))
    expect(await rows()).toMatchObject([{ value: 480 }])
    await support.rollUp()
    const { trend } = await ask({ from: DAY_AT, until: DAY_AT + 2 * DAY })
    expect(trend.inp).toEqual([{ at: DAY_AT + 23 * HOUR, p75: 480, count: 1 }])
  })

  test('two messages at once with the same ids make one row each', async () => {
    const message = visit({ measures: [measure('a', 'lcp', 900), measure('b', 'cls', 0.02)] })
    await Promise.all(Array.from({ length: 8 }, () => store.storeVisit(projectId, message)))
    expect(await rows()).toHaveLength(2)
  })

  test('rolling up twice changes nothing, and a value that came later replaces what was there', async () => {
    await store.storeVisit(projectId, visit({ measures: [measure('a', 'cls', 0.02), measure('b', 'lcp', 1_000)] }))
    await support.rollUp()
    const before = await ask()
    await support.stack.sql`
      insert into public.vital_dirty_minutes (project_id, minute_at) select project_id, date_trunc('minute', at) from public.vitals
      on conflict do nothing`
    await support.rollUp()
    expect(await ask()).toEqual(before)
    await support.clock.set(NOW + 20 * MINUTE)
    await store.storeVisit(projectId, visit({ measures: [measure('a', 'cls', 0.4)] }))
    await support.rollUp()
    const { totals } = await ask()
    expect(totals.cls).toEqual({ p75: 0.4, count: 1, good: 0, poor: 1 })
    expect(totals.lcp).toEqual(before.totals.lcp)
  })
})

describe('the figures', () => {
  const METRICS: Record<'lcp' | 'inp' | 'cls', (random: () => number) => number> = {
    lcp: (random) => 600 + 4_500 * random() ** 2,
    inp: (random) => 20 + 700 * random() ** 3,
    cls: (random) => (random() < 0.4 ? 0 : random() ** 3),
  }
  const PAGES = ['/', '/cart', '/orders/:id']
  const DEVICES = ['mobile', 'desktop'] as const

  async function sendMany(seed: number) {
    const random = createRandom(seed)
    const sent: { metric: Vital; value: number; page: string; device: string; country: string; release: string }[] = []
    for (let hour = 5; hour >= 0; hour -= 1) {
      await support.clock.set(NOW - hour * HOUR)
      for (let index = 0; index < 30; index += 1) {
        const pick = <Item>(list: readonly Item[]): Item => list[Math.floor(random() * list.length)] as Item
        const facts = {
          page: pick(PAGES),
          device: pick(DEVICES),
          country: pick(['FR', 'DE', '']),
          release: pick(['1.0', '1.1']),
        }
        const measures = (Object.keys(METRICS) as (keyof typeof METRICS)[]).map((metric) =>
          measure(`${hour}-${index}`, metric, METRICS[metric](random)),
        )
        await store.storeVisit(projectId, visit({ ...facts, visitor: `${index}`, measures }))
        sent.push(...measures.map(({ metric, value }) => ({ metric, value, ...facts })))
      }
      await support.rollUp()
    }
    return sent
  }

  /** The value of rank ⌈0.75·n⌉, computed from the values themselves. */
  function exact(values: readonly number[]): number {
    const sorted = [...values].sort((one, other) => one - other)
    return sorted[Math.ceil(0.75 * sorted.length) - 1] ?? Number.NaN
  }
  const near = (got: number | undefined, wanted: number) => {
    expect(Math.abs((got ?? Number.NaN) - wanted)).toBeLessThanOrEqual(Math.max(wanted * BOUND, 1e-12))
  }

  test('p75 over all, by page, by hour and under each filter is at most 0.55 % off the exact one; counts are exact', async () => {
    const sent = await sendMany(7)
    const filters = [
      { where: {}, keep: () => true },
      { where: { device: 'mobile' }, keep: (one: (typeof sent)[number]) => one.device === 'mobile' },
      {
        where: { country: 'FR', release: '1.1' },
        keep: (one: (typeof sent)[number]) => one.country === 'FR' && one.release === '1.1',
      },
    ]
    for (const { where, keep } of filters) {
      const kept = sent.filter(keep)
      const answer = await ask({ where })
      for (const metric of ['lcp', 'inp', 'cls'] as const) {
        const values = kept.filter((one) => one.metric === metric).map(({ value }) => value)
        near(answer.totals[metric]?.p75, exact(values))
        expect(answer.totals[metric]?.count).toBe(values.length)
        expect(answer.trend[metric]?.reduce((sum, point) => sum + point.count, 0)).toBe(values.length)
        for (const { page, metrics } of answer.pages) {
          const onPage = kept.filter((one) => one.metric === metric && one.page === page).map(({ value }) => value)
          near(metrics[metric]?.p75, exact(onPage))
          expect(metrics[metric]?.count).toBe(onPage.length)
        }
        // A bucket lies on one side of a boundary or the other: only those within its width can be miscounted.
        const good = values.filter((value) => rateVital(metric, value) === 'good').length
        expect(Math.abs((answer.totals[metric]?.good ?? 0) - good)).toBeLessThanOrEqual(values.length * 0.02)
      }
      expect(answer.pages.map(({ page }) => page).sort()).toEqual([...PAGES].sort())
    }
  })

  test('days give the same figures as hours, also after they were added up', async () => {
    await sendMany(9)
    const byHour = (await ask({ from: DAY_AT })).totals
    await support.store.rollUpDaysAndPrune()
    await support.clock.set(NOW + 3 * DAY)
    const byDay = await reader.query(projectId, { from: DAY_AT, until: NOW + 3 * DAY, stepMs: DAY, where: {} })
    expect(byDay.totals).toEqual(byHour)
    expect(byDay.trend.lcp).toEqual([{ at: DAY_AT, p75: byHour.lcp?.p75, count: byHour.lcp?.count }])
  })

  test('a value at a boundary counts for the better class', async () => {
    await store.storeVisit(projectId, visit({ measures: [measure('a', 'lcp', 2_500), measure('b', 'inp', 500)] }))
    await support.rollUp()
    const { totals } = await ask()
    expect(totals.lcp).toEqual({ p75: 2_500, count: 1, good: 1, poor: 0 })
    expect(totals.inp).toEqual({ p75: 500, count: 1, good: 0, poor: 0 })
  })

  test('they are histogram series like any other, which Explore and rules can ask for', async () => {
    await store.storeVisit(
      projectId,
      visit({ page: '/cart', country: 'FR', release: '2.0', measures: [measure('a', 'lcp', 800)] }),
    )
    await support.rollUp()
    const series = await support.stack.sql`
      select name, kind, unit, environment, attributes from public.series where project_id = ${projectId}`
    const attributes = { page: '/cart', device: 'desktop', country: 'FR', release: '2.0' }
    expect(series).toEqual([{ name: 'web.lcp', kind: 'histogram', unit: 'ms', environment: 'production', attributes }])
  })

  test('before anything came in, nothing is there', async () => {
    expect(await ask()).toEqual({ lastSeenAt: null, totals: {}, trend: {}, pageCount: 0, pages: [] })
  })
})

test('pages that anybody can name take at most 4,000 of the series of a project: the rest is counted together', async () => {
  await support.stack.sql`
    insert into public.series (project_id, environment, name, kind, temporality, unit, attributes, identity, first_seen_at, last_seen_at)
    select ${projectId}, 'production', 'web.lcp', 'histogram', 'delta', 'ms', '{}', md5(n::text)::uuid, now(), now()
    from generate_series(1, 2998) as n`
  const send = async (page: string) =>
    store.storeVisit(projectId, visit({ page, country: 'FR', measures: [measure(page, 'lcp', 800)] }))
  for (const page of ['/a', '/b', '/c']) await send(page)
  await support.rollUp()
  const attributes = async () => {
    const found = await support.stack.sql<{ attributes: object }[]>`
      select attributes from public.series where project_id = ${projectId} and attributes <> '{}' order by attributes ->> 'page'`
    return found.map((row) => row.attributes)
  }
  const full = (page: string) => ({ page, device: 'desktop', country: 'FR' })
  expect(await attributes()).toEqual([full('/a'), full('/b'), { page: '/c', device: 'desktop' }])
  await support.stack.sql`
    insert into public.series (project_id, environment, name, kind, temporality, unit, attributes, identity, first_seen_at, last_seen_at)
    select ${projectId}, 'production', 'web.lcp', 'histogram', 'delta', 'ms', '{}', md5(n::text)::uuid, now(), now()
    from generate_series(3000, 3998) as n`
  await send('/d')
  await support.rollUp()
  expect(await attributes()).toContainEqual({ page: '*', device: 'desktop' })
  const { totals } = await ask()
  expect(totals.lcp?.count).toBe(4)
})

describe('people', () => {
  const users = async () => {
    const found = await reader.listActiveUsers(projectId, '2026-01-01')
    return Object.fromEntries(found.map(({ period, startsOn, count }) => [`${period} ${startsOn}`, count]))
  }

  test('somebody is counted once a day and once an ISO week, on the clocks of the project', async () => {
    await support.stack.sql`update public.projects set time_zone = 'Asia/Tokyo' where id = ${projectId}`
    // Friday evening in UTC is Saturday morning in Tokyo.
    for (const visitor of ['ann', 'bob', 'ann']) await store.storeVisit(projectId, visit({ visitor }))
    expect(await users()).toEqual({ 'day 2026-11-21': 2, 'week 2026-11-16': 2 })
    await support.clock.set(NOW + DAY)
    for (const visitor of ['ann', 'eve']) await store.storeVisit(projectId, visit({ visitor }))
    expect(await users()).toEqual({ 'day 2026-11-21': 2, 'day 2026-11-22': 2, 'week 2026-11-16': 3 })
    await support.clock.set(NOW + 2 * DAY)
    await store.storeVisit(projectId, visit({ visitor: 'ann' }))
    expect(await users()).toMatchObject({ 'day 2026-11-23': 1, 'week 2026-11-23': 1, 'week 2026-11-16': 3 })
  })

  test('once a period is over, its salt and its hashes are gone and its count stays', async () => {
    await store.storeVisit(projectId, visit({ visitor: 'ann' }))
    const kept = async () => {
      const [row] = await support.stack.sql`
        select (select count(*)::integer from public.visitor_salts where project_id = ${projectId}) as salts,
          (select count(*)::integer from public.active_visitors where project_id = ${projectId}) as hashes`
      return row
    }
    expect(await kept()).toEqual({ salts: 2, hashes: 2 })
    await support.clock.set(DAY_AT + DAY)
    await support.stack.sql`select public.prune_vitals()`
    expect(await kept()).toEqual({ salts: 1, hashes: 1 })
    // The Monday after.
    await support.clock.set(Date.UTC(2026, 10, 23))
    await support.stack.sql`select public.prune_vitals()`
    expect(await kept()).toEqual({ salts: 0, hashes: 0 })
    expect(await users()).toEqual({ 'day 2026-11-20': 1, 'week 2026-11-16': 1 })
  })

  test('the same person has another hash in each project and period', async () => {
    const other = await support.addProject(`other-${count}`)
    for (const id of [projectId, other]) await store.storeVisit(id, visit({ visitor: 'ann' }))
    const hashes = await support.stack
      .sql`select distinct hash from public.active_visitors where project_id in (${projectId}, ${other})`
    expect(hashes).toHaveLength(4)
  })

  test('visitors at once are each counted once', async () => {
    await Promise.all(
      Array.from({ length: 12 }, (_, index) => store.storeVisit(projectId, visit({ visitor: `v${index % 4}` }))),
    )
    expect(await users()).toEqual({ 'day 2026-11-20': 4, 'week 2026-11-16': 4 })
  })
})

test('measurements are dropped by whole days after three, and their figures stay', async () => {
  await store.storeVisit(projectId, visit({ measures: [measure('a', 'lcp', 800)] }))
  await support.rollUp()
  await support.clock.set(DAY_AT + 4 * DAY - MINUTE)
  await support.stack.sql`select public.prune_vitals()`
  expect(await rows()).toHaveLength(1)
  await support.clock.set(DAY_AT + 4 * DAY + MINUTE)
  await support.stack.sql`select public.prune_vitals()`
  expect(await rows()).toHaveLength(0)
  expect((await ask({ from: DAY_AT })).totals.lcp?.count).toBe(1)
})

describe('releases of long ago', () => {
  const releases = async () => {
    const found = await support.stack.sql<{ release: string | null }[]>`
      select distinct attributes ->> 'release' as release from public.series where project_id = ${projectId} order by 1`
    return found.map(({ release }) => release)
  }
  /** One release a day, each with two pages. */
  async function shipFive() {
    for (let index = 0; index < 5; index += 1) {
      await support.clock.set(NOW + index * DAY)
      for (const page of ['/', '/cart']) {
        const measures = [measure(`${index}${page}`, 'lcp', 500 + index * 300)]
        await store.storeVisit(projectId, visit({ page, release: `1.${index}`, measures }))
      }
      await support.rollUp()
      await support.store.rollUpDaysAndPrune()
    }
  }
  const all = () => reader.query(projectId, { from: DAY_AT, until: DAY_AT + 12 * DAY, stepMs: DAY, where: {} })

  test('become part of what has no release: the figures stay, the series go, the newest three stay apart', async () => {
    await shipFive()
    const before = await all()
    expect(await releases()).toEqual(['1.0', '1.1', '1.2', '1.3', '1.4'])
    await support.clock.set(NOW + 11 * DAY)
    await support.store.rollUpDaysAndPrune()
    expect(await releases()).toEqual(['1.2', '1.3', '1.4', null])
    expect({ ...(await all()), lastSeenAt: null }).toEqual({ ...before, lastSeenAt: null })
    await support.store.rollUpDaysAndPrune()
    expect({ ...(await all()), lastSeenAt: null }).toEqual({ ...before, lastSeenAt: null })
  })

  test('do not while somebody still uses them', async () => {
    await shipFive()
    await support.clock.set(NOW + 11 * DAY)
    await store.storeVisit(projectId, visit({ release: '1.0', measures: [measure('old tab', 'lcp', 700)] }))
    await support.rollUp()
    await support.store.rollUpDaysAndPrune()
    expect(await releases()).toEqual(['1.0', '1.2', '1.3', '1.4', null])
  })

  test('add to what was measured without a release in the same hour', async () => {
    await store.storeVisit(projectId, visit({ measures: [measure('plain', 'lcp', 4_400)] }))
    await shipFive()
    await support.clock.set(NOW + 11 * DAY)
    await support.store.rollUpDaysAndPrune()
    const { totals, trend } = await all()
    expect(totals.lcp?.count).toBe(11)
    expect(trend.lcp?.[0]).toMatchObject({ at: DAY_AT, count: 3 })
    expect(Math.abs((trend.lcp?.[0]?.p75 ?? 0) - 4_400)).toBeLessThanOrEqual(4_400 * BOUND)
  })
})
