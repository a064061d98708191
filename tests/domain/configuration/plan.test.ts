import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CurrentConfiguration } from '../../../lib/domain/configuration/current.ts'
import { type DesiredConfiguration, toDesired } from '../../../lib/domain/configuration/desired.ts'
import { toFile } from '../../../lib/domain/configuration/export.ts'
import { interpolate } from '../../../lib/domain/configuration/interpolate.ts'
import { hasChanges, planConfiguration } from '../../../lib/domain/configuration/plan.ts'
import { configurationFileSchema } from '../../../lib/domain/configuration/schema.ts'
import { projectSlugSchema } from '../../../lib/domain/monitor/config.ts'

const key = fc
  .stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z0-9]$/)
  .filter((value) => projectSlugSchema.safeParse(value).success)
const text = fc
  .string({ minLength: 1, maxLength: 12 })
  .filter((value) => value.trim() !== '')
  .map((value) => value.trim())
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const duration = fc.constantFrom('10s', '1m', '1h30m', '1d')
const shared = {
  name: maybe(text),
  interval: maybe(duration),
  timeout: maybe(fc.constantFrom('100ms', '2s', '1m')),
  severity: maybe(fc.constantFrom('low', 'medium', 'high', 'critical')),
  tags: maybe(fc.array(text, { maxLength: 3 })),
  group: maybe(text),
  paused: maybe(fc.boolean()),
  confirm: maybe(fc.record({ failures: fc.integer({ min: 1, max: 5 }) })),
}
const port = fc.integer({ min: 1, max: 65_535 })
const latency = maybe(fc.record({ latencyMs: maybe(fc.integer({ min: 1, max: 60_000 })) }))
const monitor = fc.oneof(
  fc.record({
    kind: fc.constant('http'),
    ...shared,
    url: fc.webUrl(),
    body: maybe(fc.string()),
    auth: maybe(fc.oneof(fc.record({ bearer: text }), fc.record({ basic: fc.record({ user: text, password: text }) }))),
    secretHeaders: maybe(fc.dictionary(fc.constantFrom('x-one', 'x-two'), text)),
    expect: maybe(
      fc.record({
        keyword: maybe(text),
        status: maybe(fc.constant([200, '3xx'])),
        json: maybe(fc.constant([{ path: '$.a', equals: '' }])),
      }),
    ),
  }),
  fc.record({ kind: fc.constant('tcp'), ...shared, host: fc.domain(), port, expect: latency }),
  fc.record({
    kind: fc.constant('dns'),
    ...shared,
    host: fc.domain(),
    expect: maybe(fc.record({ values: fc.array(text) })),
  }),
  fc.record({ kind: fc.constant('tls'), ...shared, host: fc.domain(), port: maybe(port) }),
  fc.record({
    kind: fc.constant('postgres'),
    ...shared,
    host: fc.domain(),
    user: text,
    password: maybe(text),
    expect: latency,
  }),
  fc.record({
    kind: fc.constant('prometheus'),
    ...shared,
    url: fc.webUrl(),
    auth: maybe(fc.record({ bearer: text })),
    secretHeaders: maybe(fc.dictionary(fc.constantFrom('x-one', 'x-two'), text)),
    collect: maybe(fc.boolean()),
    include: maybe(fc.array(fc.constantFrom('http_*', 'up'), { maxLength: 3 })),
    expect: maybe(
      fc.record({
        latencyMs: maybe(fc.integer({ min: 1, max: 60_000 })),
        samples: maybe(fc.constant(['a{b="c"} > 1'])),
      }),
    ),
  }),
  fc.record({
    kind: fc.constant('status_page'),
    ...shared,
    url: fc.webUrl(),
    components: maybe(fc.array(text, { maxLength: 3 })),
  }),
  fc.record({
    kind: fc.constant('heartbeat'),
    ...shared,
    grace: maybe(duration),
    cron: maybe(fc.constant('0 3 * * 1')),
  }),
)
const channel = fc.oneof(
  fc.record({ kind: fc.constant('email'), name: maybe(text), to: fc.constant(['a@example.com']) }),
  fc.record({
    kind: fc.constant('slack'),
    minSeverity: maybe(fc.constant('high')),
    url: maybe(fc.constant('https://hooks.slack.com/x')),
  }),
  fc.record({
    kind: fc.constant('webhook'),
    url: fc.webUrl(),
    secret: maybe(fc.string({ minLength: 8, maxLength: 20 })),
  }),
)
const limits = maybe(
  fc.record({ below: maybe(fc.integer({ max: 0 })), above: maybe(fc.double({ min: 1, max: 1e6, noNaN: true })) }),
)
const kpi = fc.oneof(
  fc.record({ name: maybe(text), unit: maybe(text), pushed: fc.constant(true), limits }),
  fc.record({
    sql: text,
    database: fc.constant('postgres://reader:secret@db.example.com/shop'),
    schedule: maybe(fc.constant('*/5 * * * *')),
    timeZone: maybe(fc.constant('Europe/Paris')),
    limits,
  }),
)
const file = fc
  .record({
    channels: fc.dictionary(key, channel, { maxKeys: 4 }),
    monitors: fc.dictionary(key, monitor, { maxKeys: 6 }),
    kpis: fc.dictionary(key, kpi, { maxKeys: 3 }),
    report: maybe(fc.constant({ recipients: ['b@example.com'] })),
  })
  .map((rest) => {
    const notify = Object.keys(rest.channels)
    const monitors = Object.fromEntries(Object.entries(rest.monitors).map(([name, one]) => [name, { ...one, notify }]))
    return { version: 1, project: { slug: 'demo', name: 'Demo' }, ...rest, monitors }
  })

const parse = (value: unknown): DesiredConfiguration => toDesired(configurationFileSchema.parse(value))

/** What the database holds after `desired` was applied to an empty project. */
function applied(desired: DesiredConfiguration): CurrentConfiguration {
  const stored = JSON.parse(
    JSON.stringify({
      project: desired.project,
      reportRecipients: desired.reportRecipients ?? [],
      channels: desired.channels.map((one) => ({ ...one, managedBy: 'file' })),
      monitors: desired.monitors.map((one) => ({ ...one, paused: one.paused ?? false, managedBy: 'file' })),
      kpis: desired.kpis.map((one) => ({ ...one, managedBy: 'file' })),
      rules: [],
      slos: [],
      tokenBudget: null,
    }),
  ) as CurrentConfiguration
  return { ...stored, metricUnits: new Map() }
}

describe('a plan', () => {
  test('of what was just applied changes nothing', () => {
    fc.assert(
      fc.property(file, (value) => {
        const desired = parse(value)
        const plan = planConfiguration(desired, applied(desired))
        expect(plan.changes.filter(({ op }) => op !== 'unchanged')).toEqual([])
        expect([...plan.channels, ...plan.monitors, ...plan.kpis].every(({ secret }) => secret.op === 'keep')).toBe(
          true,
        )
      }),
    )
  })

  test('of an empty file deletes all that the file made, and nothing else', () => {
    fc.assert(
      fc.property(file, fc.boolean(), (value, isOfFile) => {
        const current = applied(parse(value))
        const all = [...current.channels, ...current.monitors, ...current.kpis]
        for (const one of all) one.managedBy = isOfFile ? 'file' : null
        const plan = planConfiguration(parse({ version: 1, project: value.project }), current)
        const expected = isOfFile ? all.length : 0
        expect(plan.changes.filter(({ op }) => op === 'delete')).toHaveLength(expected)
        expect(hasChanges(plan)).toBe(expected > 0)
      }),
    )
  })

  test('of an exported project changes nothing once its secrets are given', () => {
    fc.assert(
      fc.property(file, (value) => {
        const current = applied(parse(value))
        const { value: filled, issues } = interpolate(toFile(current), (name) => ({
          ok: true,
          value: name.startsWith('KPI_') ? `postgres://${name}@example.com` : `https://example.com/${name}`,
        }))
        expect(issues).toEqual([])
        const plan = planConfiguration(parse(filled), current)
        const fields = plan.changes.flatMap((change) => change.fields)
        expect(fields.filter((field) => !['secrets', 'secret', 'url', 'database'].includes(field))).toEqual([])
        expect(plan.changes.filter(({ op }) => op === 'create' || op === 'delete')).toEqual([])
        // A secret is asked for exactly where there was one.
        for (const list of [plan.channels, plan.monitors, plan.kpis])
          for (const { secret } of list) expect(secret.op).not.toBe('clear')
      }),
    )
  })

  test('has no values in it, because some are secret', () => {
    const desired = parse({
      version: 1,
      project: { slug: 'a', name: 'A' },
      channels: { hook: { kind: 'webhook', url: 'https://example.com', secret: 'hunter22' } },
    })
    expect(JSON.stringify(planConfiguration(desired, null).changes)).not.toContain('hunter22')
  })
})
