import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Quorum } from '../../../lib/domain/monitor/schema-regions.ts'
import type { ProbeOutcome, Verdict } from '../../../lib/domain/probe/outcome.ts'
import { judgeQuorum, type RegionSeen } from '../../../lib/domain/probe/quorum.ts'

const outcome = (verdict: Verdict, durationMs = 180): ProbeOutcome => ({
  verdict,
  cause: verdict === 'down' ? 'timeout' : verdict === 'degraded' ? 'latency' : null,
  message: verdict,
  startedAt: 0,
  durationMs,
  phases: {},
  statusCode: null,
  remoteAddress: null,
  bytes: null,
  failures: [],
  certificate: null,
  bodyExcerpt: null,
})
const NAMES = ['fra1', 'iad1', 'sin1', 'gru1', 'syd1']

/** `dU` is one region that is down and one that cannot tell. */
function see(letters: string): RegionSeen[] {
  const words: Record<string, Verdict> = { u: 'up', w: 'degraded', d: 'down' }
  return [...letters].map((letter, index) => {
    const region = NAMES[index] ?? `r${index}`
    const verdict = words[letter]
    return verdict === undefined ? { region, unknown: 'did not answer in 15 s' } : { region, outcome: outcome(verdict) }
  })
}

describe('how many regions must agree', () => {
  test.each<[Quorum, string, Verdict | 'unknown']>([
    ['majority', 'uuu', 'up'],
    ['majority', 'duu', 'up'],
    ['majority', 'ddu', 'down'],
    ['majority', 'ddd', 'down'],
    ['majority', 'du', 'up'],
    ['majority', 'dd', 'down'],
    ['majority', 'ddUU', 'down'],
    ['majority', 'd', 'down'],
    ['majority', 'dUU', 'unknown'],
    ['majority', 'uUU', 'unknown'],
    ['majority', 'duU', 'up'],
    ['majority', 'ddU', 'down'],
    ['majority', 'dwu', 'degraded'],
    ['majority', 'wwu', 'degraded'],
    ['majority', 'wuu', 'up'],
    ['majority', 'ddw', 'down'],
    ['any', 'duu', 'down'],
    ['any', 'wuu', 'degraded'],
    ['any', 'dUU', 'down'],
    ['any', 'uUU', 'up'],
    ['any', 'UUU', 'unknown'],
    ['all', 'ddu', 'up'],
    ['all', 'ddd', 'down'],
    ['all', 'ddw', 'degraded'],
    ['all', 'ddU', 'down'],
    ['all', 'dUU', 'unknown'],
    [2, 'ddu', 'down'],
    [2, 'duu', 'up'],
    [2, 'dUU', 'unknown'],
    [2, 'dwu', 'degraded'],
    [3, 'ddU', 'unknown'],
    [5, 'ddd', 'down'],
  ])('%s of %s is %s', (quorum, letters, expected) => {
    expect(judgeQuorum(quorum, see(letters)).verdict).toBe(expected)
  })
})

describe('the reason names every region', () => {
  const reasonOf = (quorum: Quorum, seen: RegionSeen[]) => {
    const judged = judgeQuorum(quorum, seen)
    return judged.verdict === 'unknown' ? judged.reason : judged.outcome.message
  }
  test.each([
    ['ddu', 'down in 2 of 3 regions: fra1 timeout, iad1 timeout; sin1 answered in 180 ms'],
    ['ddU', 'down in 2 of 2 regions: fra1 timeout, iad1 timeout; sin1 unknown (did not answer in 15 s)'],
    [
      'duu',
      'fails in only 1 of 3 regions, 2 must agree: fra1 timeout; iad1 answered in 180 ms, sin1 answered in 180 ms',
    ],
    ['wwu', 'degraded in 2 of 3 regions: fra1 latency, iad1 latency; sin1 answered in 180 ms'],
    ['d', 'down in 1 of 1 region: fra1 timeout'],
    [
      'dUU',
      'only 1 of 3 regions could tell: fra1 timeout, iad1 unknown (did not answer in 15 s), sin1 unknown (did not answer in 15 s)',
    ],
  ])('of %s', (letters, expected) => {
    expect(reasonOf('majority', see(letters))).toBe(expected)
  })
})

describe('whatever the regions saw', () => {
  const quorum = fc.oneof(fc.constantFrom<Quorum>('majority', 'any', 'all'), fc.integer({ min: 1, max: 5 }))
  const letters = fc.string({ unit: fc.constantFrom('u', 'w', 'd', 'U'), minLength: 1, maxLength: 5 })

  test('their order changes nothing', () => {
    const both = letters.chain((text) =>
      fc.tuple(fc.constant(see(text)), fc.shuffledSubarray(see(text), { minLength: text.length })),
    )
    fc.assert(
      fc.property(quorum, both, (wanted, [one, other]) => {
        expect(judgeQuorum(wanted, other)).toEqual(judgeQuorum(wanted, one))
      }),
    )
  })

  test('a region that cannot tell never makes it worse: it leaves the verdict as it is, or makes it unknown', () => {
    fc.assert(
      fc.property(quorum, letters, (wanted, text) => {
        // A number is read as at most the number of regions, which one more would change.
        const size = typeof wanted === 'number' ? Math.min(wanted, text.length) : wanted
        const before = judgeQuorum(size, see(text)).verdict
        expect([before, 'unknown']).toContain(judgeQuorum(size, see(`${text}U`)).verdict)
      }),
    )
  })

  test('a region that was down and cannot tell any more never turns a verdict down', () => {
    fc.assert(
      fc.property(quorum, letters, (wanted, text) => {
        fc.pre(text.includes('d') && judgeQuorum(wanted, see(text)).verdict !== 'down')
        expect(judgeQuorum(wanted, see(text.replace('d', 'U'))).verdict).not.toBe('down')
      }),
    )
  })

  test('nobody knows where no region can tell', () => {
    fc.assert(
      fc.property(quorum, fc.integer({ min: 1, max: 5 }), (wanted, count) => {
        expect(judgeQuorum(wanted, see('U'.repeat(count))).verdict).toBe('unknown')
      }),
    )
  })

  test('the outcome that stands for the round shares its verdict and names each region once', () => {
    fc.assert(
      fc.property(quorum, letters, (wanted, text) => {
        const judged = judgeQuorum(wanted, see(text))
        if (judged.verdict === 'unknown') return
        expect(judged.outcome.verdict).toBe(judged.verdict)
        expect(judged.outcome.regions?.map(({ region }) => region)).toEqual(NAMES.slice(0, text.length).sort())
      }),
    )
  })

  test('where fewer than half can tell nobody knows, unless one or a number of them is said to be enough', () => {
    fc.assert(
      fc.property(fc.constantFrom<Quorum>('majority', 'all'), letters, (wanted, text) => {
        const told = [...text].filter((letter) => letter !== 'U').length
        expect(judgeQuorum(wanted, see(text)).verdict === 'unknown').toBe(told === 0 || told * 2 < text.length)
      }),
    )
  })
})
