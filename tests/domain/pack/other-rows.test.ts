import { describe, expect, test } from 'vitest'
import { ruleKeyOf } from '../../../lib/domain/pack/pack.ts'
import { PACKS } from '../../../lib/domain/pack/packs.ts'
import { specOfRow } from '../../../lib/domain/pack/spec-of-row.ts'
import type { RuleSpec } from '../../../lib/domain/rule/rule.ts'
import type { MonitorFacts } from '../../../lib/domain/rule/rule-inputs.ts'
import type { AnswerOf } from '../../../lib/domain/series/figures.ts'
import { DAY, HOUR, MINUTE } from '../../../lib/domain/time/instant.ts'
import { answerOfSamples, type SyntheticSample } from '../../support/synthetic-series.ts'
import { type Feed, gauge, increase } from './feeds.ts'
import { firings, simulate } from './simulate.ts'

/** A Tuesday. */
const FROM = Date.UTC(2026, 10, 17, 10)
const NOTHING: AnswerOf = () => []

function ruleOf(key: string, metrics: readonly string[] = []): RuleSpec {
  const specs = PACKS.flatMap((pack) =>
    pack.rows
      .filter((row) => ruleKeyOf(pack, row) === key)
      .map((row) => specOfRow(pack, row, { locale: 'en', metrics: new Set(metrics), tokenBudget: null, channels: [] })),
  )
  const [spec] = specs
  if (spec === undefined || spec === null) throw new Error(`no rule ${key}`)
  return spec
}

function monitor(facts: Partial<MonitorFacts>): MonitorFacts {
  return {
    key: 'web',
    name: 'Web',
    tags: [],
    state: 'up',
    failedInARow: 0,
    lastProbedAt: FROM,
    certificateExpiresAt: null,
    ...facts,
  }
}

const firesFor = (key: string, facts: Partial<MonitorFacts>) =>
  firings(simulate(ruleOf(key), FROM, 1, () => ({ answerOf: NOTHING, monitors: [monitor(facts)] })))

describe('failures in a row', () => {
  test.each([
    ['go-live-api-down', 2, []],
    ['infrastructure-checks-fail', 2, []],
    ['production-service-down', 3, []],
    ['hypercare-health-check', 1, ['health']],
    ['production-third-party-down', 1, ['third-party']],
  ])('%s fires with %i, not with one less', (key, failures, tags) => {
    expect(firesFor(key, { failedInARow: failures, state: 'down', tags })).toEqual([{ level: 'critical', minute: 1 }])
    expect(firesFor(key, { failedInARow: failures - 1, tags })).toEqual([])
  })

  test.each(['hypercare-health-check', 'production-third-party-down'])('%s leaves other monitors alone', (key) => {
    expect(firesFor(key, { failedInARow: 9, state: 'down', tags: ['shop'] })).toEqual([])
  })

  test('a site without counted requests is down when its probes fail twice for a minute', () => {
    const rule = ruleOf('infrastructure-site-down', ['probe.success', 'system.cpu.utilization'])
    const failing = (failedInARow: number) =>
      firings(
        simulate(rule, FROM, 3, () => ({ answerOf: NOTHING, monitors: [monitor({ failedInARow, state: 'down' })] })),
      )
    expect(failing(2)).toEqual([{ level: 'critical', minute: 2 }])
    expect(failing(1)).toEqual([])
  })
})

test('a certificate is told of from fourteen days before its end, not a minute sooner', () => {
  const left = (ms: number) => firesFor('go-live-certificate', { certificateExpiresAt: FROM + MINUTE + ms })
  expect(left(14 * DAY)).toEqual([{ level: 'warning', minute: 1 }])
  expect(left(14 * DAY + MINUTE)).toEqual([])
})

describe('windows that a guide names', () => {
  const spread = (times: number, overMinutes: number): SyntheticSample[] =>
    Array.from({ length: overMinutes }, (_, minute) =>
      increase('errors')(FROM + minute * MINUTE, minute === 0 ? times - overMinutes + 1 : 1),
    ).flat()
  const errors = (samples: SyntheticSample[]) =>
    firings(
      simulate(ruleOf('hypercare-error-count', ['errors']), FROM, 15, () => ({ answerOf: answerOfSamples(samples) })),
    )

  test('eleven errors within five minutes are told', () => {
    expect(errors(spread(11, 5))).toEqual([{ level: 'critical', minute: 5 }])
  })

  test('eleven errors in a little more than five minutes are not', () => {
    expect(errors(spread(11, 6))).toEqual([])
  })
})

describe('against what is normal', () => {
  /** The same figure at the same hour for four weeks, and `now` for forty minutes. */
  const course = (feed: Feed, usual: number, now: number): SyntheticSample[] => [
    ...[1, 2, 3, 4].flatMap((week) =>
      Array.from({ length: 160 }, (_, minute) =>
        feed(FROM - week * 7 * DAY - 2 * HOUR + minute * MINUTE, usual),
      ).flat(),
    ),
    ...Array.from({ length: 100 }, (_, minute) => feed(FROM - HOUR + minute * MINUTE, now)).flat(),
  ]
  const told = (key: string, feed: Feed, now: number) => {
    const samples = course(feed, 100, now)
    const rule = ruleOf(key, [samples[0]?.metric ?? ''])
    return firings(simulate(rule, FROM, 40, () => ({ answerOf: answerOfSamples(samples) })))
  }

  test.each([
    ['business-signups', 'business.signups', 'warning', 49, 50],
    ['business-signups', 'business.signups', 'critical', 19, 20],
    ['business-churn', 'business.churn', 'warning', 201, 200],
    ['business-churn', 'business.churn', 'critical', 501, 500],
  ])('%s: of 100 that are usual, %s is %s with %i for half an hour, not with %i', (key, metric, level, bad, fine) => {
    expect(told(key, gauge(metric), bad)).toEqual([{ level, minute: 31 }])
    expect(told(key, gauge(metric), fine).filter((one) => one.level === level)).toEqual([])
  })

  test('twice as many errors as usual in the hour are told, a few less are not', () => {
    const errors = increase('http.server.requests', { 'http.response.status_code': '500' })
    expect(told('production-error-traffic', errors, 201)).toEqual([{ level: 'warning', minute: 1 }])
    expect(told('production-error-traffic', errors, 200)).toEqual([])
  })

  test('without two weeks to compare with, nothing is said', () => {
    const samples = Array.from({ length: 100 }, (_, minute) =>
      gauge('business.signups')(FROM - HOUR + minute * MINUTE, 1),
    )
    const answerOf = answerOfSamples(samples.flat())
    expect(firings(simulate(ruleOf('business-signups', ['business.signups']), FROM, 40, () => ({ answerOf })))).toEqual(
      [],
    )
  })
})

describe('unusual figures', () => {
  /** Five weeks of a day's rhythm with some unrest, a sample a quarter of an hour, and `now` in the last one. */
  const rhythm = (metric: string, now: number): SyntheticSample[] => {
    const quarters = Array.from({ length: 35 * 96 }, (_, index) => FROM - 35 * DAY + index * 15 * MINUTE)
    const usual = (at: number) => {
      const hour = (at % DAY) / HOUR
      return (
        1_000 + 500 * Math.sin((hour / 24) * 2 * Math.PI) + 20 * Math.sin(at / HOUR) + 30 * Math.cos(at / MINUTE / 7)
      )
    }
    return [...quarters.flatMap((at) => increase(metric)(at, usual(at))), ...increase(metric)(FROM - 5 * MINUTE, now)]
  }
  const told = (key: string, metric: string, extra: number) => {
    const answerOf = answerOfSamples(rhythm(metric, extra))
    return firings(simulate(ruleOf(key, [metric]), FROM - MINUTE, 1, () => ({ answerOf })))
  }

  test.each([
    ['production-unusual-traffic', 'http.server.requests'],
    ['production-network', 'system.network.io'],
  ])('%s tells a peak of ten times the usual, and nothing of an ordinary quarter of an hour', (key, metric) => {
    expect(told(key, metric, 10_000)).toEqual([{ level: 'warning', minute: 1 }])
    expect(told(key, metric, 0)).toEqual([])
  })
})
