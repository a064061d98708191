import fc from 'fast-check'
import { COUNTING_OF, SLICE_LENGTHS_MS } from '../../lib/domain/slo/config.ts'
import { METHODS, type SloSpec } from '../../lib/domain/slo/slo.ts'

export const attribute = fc.stringMatching(/^[a-z][a-z._]{0,20}$/)
export const condition = fc.oneof(
  fc.stringMatching(/^[a-z0-9/]{1,12}$/),
  fc.constant(null),
  fc.stringMatching(/^[0-9a-z]{1,5}$/).map((prefix) => ({ prefix })),
)
const term = fc.record({
  metric: fc.stringMatching(/^[a-z][a-z.]{0,30}$/),
  aggregate: fc.constantFrom('count' as const, 'sum' as const),
  where: fc.dictionary(attribute, condition, { maxKeys: 3, noNullPrototype: true }),
})
const share = fc.integer({ min: 1, max: 999_999 }).map((part) => part / 1_000_000)
const key = fc
  .stringMatching(/^[a-z]([a-z0-9-]{0,20}[a-z0-9])?$/)
  .filter((text) => !['new', 'import', 'openslo'].includes(text))
const window: fc.Arbitrary<SloSpec['window']> = fc.oneof(
  fc.record({ kind: fc.constant('rolling' as const), days: fc.integer({ min: 1, max: 365 }) }),
  fc.record({
    kind: fc.constant('calendar' as const),
    unit: fc.constantFrom('week' as const, 'month' as const, 'quarter' as const, 'year' as const),
    timeZone: fc.constantFrom('UTC', 'Europe/Paris'),
  }),
)
const monitors = fc.oneof(
  fc.constant({ keys: null, tag: null }),
  fc.array(key, { minLength: 1, maxLength: 3 }).map((keys) => ({ keys, tag: null })),
  fc.constant({ keys: null, tag: 'prod' }),
)
const indicatorOf = (method: SloSpec['method']): fc.Arbitrary<SloSpec['indicator']> =>
  fc.oneof(
    monitors.map((chosen) => ({ kind: 'availability' as const, monitors: chosen, counting: COUNTING_OF[method] })),
    fc.record({
      kind: fc.constant('latency' as const),
      term,
      threshold: fc.double({ min: 0.001, max: 1e6, noNaN: true }),
    }),
    fc.record({ kind: fc.constant('ratio' as const), good: term, bad: fc.constant(null), total: term }),
    fc.record({ kind: fc.constant('ratio' as const), good: fc.constant(null), bad: term, total: term }),
    fc.record({
      kind: fc.constant('web_vital' as const),
      vital: fc.constantFrom('lcp' as const, 'cls' as const),
      page: fc.constantFrom(null, '/checkout'),
    }),
  )
/** Any SLO that can be stored. */
export const anySlo: fc.Arbitrary<SloSpec> = fc.constantFrom(...METHODS).chain((method) =>
  fc.record({
    key,
    name: fc.constantFrom('Checkout answers', 'Paiement'),
    description: fc.constantFrom('', 'What people feel.'),
    indicator: indicatorOf(method),
    method: fc.constant(method),
    window,
    target: share,
    slice:
      method === 'occurrences'
        ? fc.constant(null)
        : fc.record({ lengthMs: fc.constantFrom(...SLICE_LENGTHS_MS), target: share }),
  }),
)
