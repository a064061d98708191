import { beforeAll, beforeEach, expect, test } from 'vitest'
import { createRateLimiter } from '../../lib/adapters/supabase/rate-limiter.ts'
import { SECOND } from '../../lib/domain/time/instant.ts'
import { type FakeDatabaseClock, useFakeClock } from '../support/postgres.ts'
import { testStack } from '../support/stack.ts'

const stack = await testStack()
const limiter = createRateLimiter(stack.service as never)
const TEN_A_MINUTE = { capacity: 10, windowSeconds: 60 }
let clock: FakeDatabaseClock
let bucket = ''
let made = 0
beforeAll(async () => {
  clock = await useFakeClock(stack.sql, Date.UTC(2026, 10, 20, 9))
})
beforeEach(() => {
  made += 1
  bucket = `bucket ${made}`
})

const take = () => limiter.take(bucket, TEN_A_MINUTE)
async function takeUntilRefused(): Promise<number> {
  for (let taken = 0; taken < 100; taken += 1) if (!(await take()).allowed) return taken
  return 100
}

test('a bucket gives its capacity at once, counts down, and then says how long to wait', async () => {
  expect(await take()).toEqual({ allowed: true, remaining: 9 })
  expect(await takeUntilRefused()).toBe(9)
  expect(await take()).toEqual({ allowed: false, retryAfterSeconds: 6 })
})

test('whoever waits as long as was said gets one more, and not sooner', async () => {
  await takeUntilRefused()
  await clock.advance(6 * SECOND - 1)
  expect((await take()).allowed).toBe(false)
  await clock.advance(1)
  expect(await takeUntilRefused()).toBe(1)
})

test('a refused attempt costs nothing: asking in vain makes nobody wait longer', async () => {
  await takeUntilRefused()
  for (let n = 0; n < 50; n += 1) await take()
  await clock.advance(60 * SECOND)
  expect(await takeUntilRefused()).toBe(10)
})

test('what is given back can be taken again, and never makes more than the capacity', async () => {
  await take()
  await limiter.giveBack(bucket, TEN_A_MINUTE)
  for (let n = 0; n < 5; n += 1) await limiter.giveBack(bucket, TEN_A_MINUTE)
  expect(await takeUntilRefused()).toBe(10)
})

test('one bucket does not empty another', async () => {
  await takeUntilRefused()
  expect((await limiter.take('somebody else', TEN_A_MINUTE)).allowed).toBe(true)
})

test('many takers at once get no more than the capacity between them', async () => {
  const verdicts = await Promise.all(Array.from({ length: 40 }, take))
  expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(10)
})

test('buckets that are full again are forgotten, others are not', async () => {
  await stack.sql`delete from public.rate_buckets`
  await limiter.take('short', { capacity: 1, windowSeconds: 5 })
  await takeUntilRefused()
  await clock.advance(30 * SECOND)
  await stack.service.rpc('prune_rate_buckets')
  expect((await stack.sql`select bucket from public.rate_buckets`).map((row) => row.bucket)).toEqual([bucket])
})
