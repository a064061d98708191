import { describe, expect, it } from 'vitest'
import { runBackTest } from '../../../lib/domain/alert/back-test.ts'
import type { TestedRule } from '../../../lib/domain/alert/back-test-step.ts'
import { pagesOfBackTest } from '../../../lib/domain/notification/back-test-pages.ts'
import type { AnswerOf } from '../../../lib/domain/series/figures.ts'
import { EMPTY_HISTOGRAM } from '../../../lib/domain/series/histogram.ts'
import { MINUTE } from '../../../lib/domain/time/instant.ts'

const FROM = Date.UTC(2026, 10, 1)

/** The minutes at which a rule would have paged, over values of one minute each by group: above 5 is a warning, above 8 critical. */
function pagesOf(lines: Record<string, readonly number[]>, changes: Partial<TestedRule> = {}): string[] {
  const rule: TestedRule = {
    key: 'queue',
    condition: {
      kind: 'threshold',
      source: { of: { metric: 'queue.length', aggregate: 'avg' } },
      windowMs: MINUTE,
      operator: 'above',
      warning: { value: 5, recovery: null },
      critical: { value: 8, recovery: null },
      minCount: 0,
    },
    groupBy: ['queue'],
    groupLimit: 10,
    forMs: 0,
    keepFiringForMs: 0,
    noData: 'resolve',
    throttleMs: 0,
    repeatMs: 0,
    incidentBy: null,
    inhibitedBy: [],
    ...changes,
  }
  const answerOf: AnswerOf = ({ from }) =>
    Object.entries(lines).map(([queue, values]) => {
      const value = values[(from - FROM) / MINUTE] ?? 0
      const scalars = { count: 1, sum: value, min: value, max: value, last: value, lastAt: from }
      return { group: [queue], figures: { kind: 'gauge', ...scalars, histogram: EMPTY_HISTOGRAM } }
    })
  const minutes = Math.max(...Object.values(lines).map((values) => values.length))
  const until = FROM + minutes * MINUTE
  const { news } = runBackTest({
    rules: [rule],
    phases: [{ from: FROM, until, stepMs: MINUTE }],
    inputs: { answerOf, slos: new Map() },
    monitorsAt: () => [],
    pointMs: MINUTE,
  })
  return pagesOfBackTest(rule, news, until).map(
    ({ at, level, isRepeated }) => `${(at - FROM) / MINUTE} ${level}${isRepeated ? ' again' : ''}`,
  )
}

const minutes = (value: number, count: number) => Array<number>(count).fill(value)

describe('the pages of a back-test', () => {
  it('are one for all groups that are critical together, whose incident the later ones join', () => {
    const lines = { a: [1, 9, 9, 9, 1], b: [1, 1, 9, 9, 1], c: [1, 9, 9, 1, 1] }
    expect(pagesOf(lines)).toEqual(['2 critical'])
  })

  it('are one for each incident that people say the groups share', () => {
    const lines = { a: [1, 9, 9, 9, 1], b: [1, 1, 9, 9, 1], c: [1, 9, 9, 1, 1] }
    expect(pagesOf(lines, { incidentBy: ['service'] })).toEqual(['2 critical'])
    expect(pagesOf(lines, { incidentBy: ['queue'] })).toEqual(['2 critical', '2 critical', '3 critical'])
    // What comes back at once re-opens its own incident.
    const again = { a: [1, 9, 1, 9, 1], b: minutes(9, 5) }
    expect(pagesOf(again, { incidentBy: [] })).toEqual(['1 critical', '2 critical', '4 critical'])
  })

  it('are one for each group that warns, and one more when it becomes critical', () => {
    expect(pagesOf({ a: [1, 6, 9, 9, 1], b: [1, 1, 1, 6, 1] })).toEqual(['2 warning', '3 critical', '4 warning'])
  })

  it('are no more than one in the throttle', () => {
    const lines = { a: [9, ...minutes(1, 20), 9, ...minutes(1, 50), 9] }
    expect(pagesOf(lines)).toEqual(['1 critical', '22 critical', '73 critical'])
    expect(pagesOf(lines, { throttleMs: 60 * MINUTE })).toEqual(['1 critical', '73 critical'])
  })

  it('are told again while it fires and nobody acknowledges', () => {
    const lines = { a: [9, ...minutes(9, 60), 1, 1] }
    expect(pagesOf(lines, { repeatMs: 20 * MINUTE })).toEqual([
      '1 critical',
      '21 critical again',
      '41 critical again',
      '61 critical again',
    ])
  })

  it('stop at the third turn within a quarter of an hour, which is told as flapping', () => {
    const lines = { a: [1, 9, 1, 9, 1, 9, 1, 9, 1, 9, 1, ...minutes(1, 30), 9] }
    expect(pagesOf(lines)).toEqual(['2 critical', '4 critical', '6 critical', '42 critical'])
  })
})
