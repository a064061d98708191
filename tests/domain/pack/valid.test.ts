import { describe, expect, test } from 'vitest'
import { ruleKeyOf } from '../../../lib/domain/pack/pack.ts'
import { PACKS } from '../../../lib/domain/pack/packs.ts'
import { specOfRow } from '../../../lib/domain/pack/spec-of-row.ts'
import { termsOf } from '../../../lib/domain/pack/terms-of.ts'
import { checkRule, type KnownMetric } from '../../../lib/domain/rule/check.ts'
import { parseRule, writeRule } from '../../../lib/domain/rule/config.ts'
import { wellKnownUnit } from '../../../lib/domain/series/well-known-units.ts'
import { DAY } from '../../../lib/domain/time/instant.ts'
import { GUIDE_ROWS } from './guide-rows.ts'

const AT = Date.UTC(2026, 10, 17, 10)

/** Kinds as they are fed, and as the store has them. */
const KINDS = new Map<string, KnownMetric['kind']>([
  ...GUIDE_ROWS.flatMap(({ feed }) => feed(AT, 0.5).map(({ metric, kind }) => [metric, kind] as const)),
  ['http.server.requests', 'counter'],
  ['http.server.request.duration', 'histogram'],
  ['probe.duration', 'histogram'],
  ['probe.success', 'gauge'],
  ['system.network.io', 'counter'],
])

/** Every way in which every row can be asked. */
const RULES = PACKS.flatMap((pack) =>
  pack.rows.flatMap((row) =>
    row.options.map((option, index) => {
      const spec = specOfRow(
        pack,
        { ...row, options: [option] },
        { locale: 'en', metrics: new Set(), tokenBudget: 1_000_000, channels: [] },
      )
      if (spec === null) throw new Error(`no rule ${row.id}`)
      return { name: `${ruleKeyOf(pack, row)} ${index + 1}`, spec }
    }),
  ),
)

describe('rules of packs', () => {
  test('have keys of their own', () => {
    const keys = PACKS.flatMap((pack) => pack.rows.map((row) => ruleKeyOf(pack, row)))
    expect(new Set(keys).size).toBe(keys.length)
  })

  test.each(RULES)('$name is the same after it was written into a file and read', ({ spec }) => {
    const read = parseRule(writeRule(spec, { unitOf: wellKnownUnit }), { unitOf: wellKnownUnit })
    expect(read).toEqual({ ok: true, spec: { ...spec, pack: null } })
  })

  test.each(RULES)('$name has nothing that a rule is refused for', ({ spec }) => {
    const terms = termsOf(spec.condition)
    const attributeNames = [...terms.flatMap(({ where }) => Object.keys(where ?? {})), ...spec.groupBy]
    const metrics = new Map(
      terms.map(({ metric }): [string, KnownMetric] => [
        metric,
        {
          kind: KINDS.get(metric) ?? 'gauge',
          unit: wellKnownUnit(metric) ?? '1',
          attributeNames,
          firstSeenAt: AT - 60 * DAY,
        },
      ]),
    )
    const monitors = [{ key: 'web', tags: ['health', 'third-party'] }]
    const known = { metrics, monitors, slos: new Map(), rules: [], at: AT, retentionMs: 365 * DAY }
    expect(checkRule(spec, known).errors).toEqual([])
  })
})
