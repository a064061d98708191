import type { HistogramSample, SeriesSamples } from '../../lib/domain/series/sample.ts'
import { DAY, HOUR, type Instant, MINUTE } from '../../lib/domain/time/instant.ts'
import { identity } from './telemetry.ts'

type Sample = { at: Instant; startAt: Instant | null; value: number }

/** A sample of a made-up month, with its series by name. */
interface Event {
  series: string
  /** When it is sent: mostly at once. */
  sentAt: Instant
  sample: Sample | HistogramSample
}

const SERIES: Record<string, SeriesSamples['series']> = {
  mail: identity({ name: 'queue.length', attributes: { queue: 'mail' } }) as never,
  print: identity({ name: 'queue.length', attributes: { queue: 'print' } }) as never,
  fax: identity({ name: 'queue.length', attributes: { queue: 'fax' } }) as never,
  ok: requests('2xx') as never,
  failed: requests('5xx') as never,
  duration: {
    ...identity({ name: 'http.server.request.duration', kind: 'histogram', temporality: 'delta', unit: 's' }),
  } as never,
}

function requests(status: string) {
  const attributes = { 'http.response.status_class': status }
  return identity({ name: 'http.server.requests', kind: 'counter', temporality: 'cumulative', unit: '1', attributes })
}

/** Whole numbers from 0 to `below`, the same ones for the same seed (mulberry32). */
export function createDice(seed: number) {
  let state = seed
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

/**
 * A month as months are: values that come and go with the hour, troubles of some minutes or hours several times a day, minutes and whole hours
 * without anything, samples that come up to six hours late, senders that start again from zero, and a queue that is there on some days only.
 * All values are whole numbers, so that sums are the same in any order.
 */
export function makeMonth(from: Instant, until: Instant, seed: number): Event[] {
  const dice = createDice(seed)
  const events: Event[] = []
  const totals = { ok: 0, failed: 0, startAt: from }
  let trouble = { kind: 'none', until: from }
  let silentUntil = from
  for (let at = from; at < until; at += MINUTE) {
    if (at >= trouble.until) {
      const kinds = ['none', 'none', 'queue', 'errors', 'slow', 'quiet']
      trouble = {
        kind: kinds[dice(kinds.length)] ?? 'none',
        until: at + (2 + dice(trouble.kind === 'none' ? 40 : 240)) * MINUTE,
      }
    }
    if (dice(1_200) === 0) silentUntil = at + (1 + dice(75)) * MINUTE
    if (dice(2_000) === 0) Object.assign(totals, { ok: 0, failed: 0, startAt: at })
    const [hour, day] = [Math.floor((at % DAY) / HOUR), Math.floor((at - from) / DAY)]
    const busy = 40 + 3 * Math.abs(12 - hour)
    totals.ok += (trouble.kind === 'quiet' ? 3 : busy) + dice(10)
    totals.failed += trouble.kind === 'errors' ? 4 + dice(12) : dice(30) === 0 ? 1 : 0
    if (at < silentUntil && at > from) continue
    const send = (series: string, value: number, startAt: Instant | null = null) => {
      if (dice(150) === 0 && at > from) return
      const sentAt = at + (dice(40) === 0 ? dice(360) * MINUTE : 0)
      events.push({ series, sentAt, sample: { at: at + 1_000 * dice(50), startAt, value } })
    }
    send('mail', (trouble.kind === 'queue' ? 60 + dice(60) : busy - 30) + dice(5))
    send('print', dice(4) + (trouble.kind === 'queue' && day % 3 === 0 ? 70 : 10))
    if (day % 9 < 3) send('fax', 5 + dice(90))
    send('ok', totals.ok, totals.startAt)
    send('failed', totals.failed, totals.startAt)
    const slow = trouble.kind === 'slow' ? 64 + dice(40) : 0
    events.push({ series: 'duration', sentAt: at, sample: durations(at, slow, dice) })
  }
  return events
}

/** About twenty requests; from key 64 on they take 2 s. */
function durations(at: Instant, slow: number, dice: (below: number) => number): HistogramSample {
  const low = -128 + dice(8)
  const keys = [low, low + 16, low + 48, low + 96 + slow]
  const counts = [6, 8, 4 + dice(3), 1 + dice(4)]
  const count = counts.reduce((sum, n) => sum + n, 0)
  return { at, startAt: null, count, sum: count, min: 1 / 8, max: 16, histogram: { keys, counts } }
}

/** What is sent in a span of time, as batches of series. */
export function batchOf(events: readonly Event[], from: Instant, until: Instant): SeriesSamples[] {
  const bySeries = new Map<string, Event['sample'][]>()
  for (const { series, sentAt, sample } of events) {
    if (sentAt < from || sentAt >= until) continue
    const known = bySeries.get(series)
    if (known === undefined) bySeries.set(series, [sample])
    else known.push(sample)
  }
  return [...bySeries].map(([name, samples]) => ({ series: SERIES[name], samples }) as SeriesSamples)
}
