import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { customisedFields, type InstalledRule } from '../../../lib/domain/pack/installed.ts'
import type { Pack, PackRow } from '../../../lib/domain/pack/pack.ts'
import { viewPack } from '../../../lib/domain/pack/pack-state.ts'
import { findPack, PACKS } from '../../../lib/domain/pack/packs.ts'
import { type PlannedRow, planInstall } from '../../../lib/domain/pack/plan-install.ts'
import { planUninstall } from '../../../lib/domain/pack/plan-uninstall.ts'
import type { PackContext } from '../../../lib/domain/pack/spec-of-row.ts'
import { mergeThreeWay } from '../../../lib/domain/pack/three-way.ts'
import type { ThresholdCondition } from '../../../lib/domain/rule/condition.ts'
import type { RuleSpec } from '../../../lib/domain/rule/rule.ts'

const CONTEXT: PackContext = { locale: 'en', metrics: new Set(), tokenBudget: null, channels: [] }
const PACK = findPack('infrastructure') as Pack

/** What a project has once a plan was carried out. */
function carryOut(installed: readonly InstalledRule[], plan: readonly PlannedRow[]): InstalledRule[] {
  const written = plan.flatMap((row) =>
    row.op === 'add' || row.op === 'upgrade' ? [{ spec: row.spec, original: row.original }] : [],
  )
  const keys = written.map(({ spec }) => spec.key)
  return [...installed.filter(({ spec }) => !keys.includes(spec.key)), ...written]
}

const install = (pack: Pack, installed: readonly InstalledRule[] = [], context = CONTEXT) =>
  carryOut(installed, planInstall({ pack, installed, context, mode: 'install' }))

const change = (installed: readonly InstalledRule[], key: string, by: (spec: RuleSpec) => RuleSpec): InstalledRule[] =>
  installed.map((rule) => (rule.spec.key === key ? { ...rule, spec: by(rule.spec) } : rule))

const specOf = (installed: readonly InstalledRule[], key: string) =>
  installed.find(({ spec }) => spec.key === key)?.spec

const limitAt = (value: number) => ({ value, recovery: null })
const withLimits = (spec: RuleSpec, limits: Partial<ThresholdCondition>): RuleSpec => ({
  ...spec,
  condition: { ...(spec.condition as ThresholdCondition), ...limits },
})

/** The pack's next version: CPU is critical at 95 %, and there is a row more. */
function nextVersion(pack: Pack): Pack {
  const rows = pack.rows.map((row): PackRow => {
    if (row.id !== 'cpu') return row
    const [first, ...rest] = row.options.map((one) => ({
      ...one,
      condition: { ...(one.condition as ThresholdCondition), critical: limitAt(0.95) },
    }))
    return first === undefined ? row : { ...row, options: [first, ...rest] }
  })
  const [first] = rows
  return {
    ...pack,
    version: 2,
    rows: first === undefined ? rows : [...rows, { ...first, id: 'fresh', since: 2, forMs: 1 }],
  }
}

describe('a limit that another rule has already', () => {
  const goLive = findPack('go-live') as Pack
  const production = findPack('production') as Pack
  const skipped = (installed: readonly InstalledRule[], pack = production) =>
    planInstall({ pack, installed, context: CONTEXT, mode: 'install' }).flatMap((row) =>
      row.op === 'skip' && row.reason === 'same_as' ? [`${row.key} as ${row.as}`] : [],
    )

  test('is not installed for a second time, and says which rule it is', () => {
    const installed = install(goLive)
    expect(skipped(installed)).toEqual(['production-latency-p1 as go-live-latency', 'production-cpu as go-live-cpu'])
    const both = install(production, installed)
    expect(skipped(both)).toHaveLength(2)
    expect(viewPack(production, both, CONTEXT)).toMatchObject({ state: 'installed' })
    const cpu = viewPack(production, installed, CONTEXT).rows.find(({ key }) => key === 'production-cpu')
    expect(cpu).toMatchObject({ state: 'covered', sameAs: 'go-live-cpu' })
  })

  test.each<[string, (spec: RuleSpec) => RuleSpec]>([
    ['is switched off', (spec) => ({ ...spec, enabled: false })],
    ['waits for another time', (spec) => ({ ...spec, forMs: 1 })],
    ['has another limit', (spec) => withLimits(spec, { warning: limitAt(0.9) })],
    ['splits by something else', (spec) => ({ ...spec, groupBy: [] })],
  ])('is installed where the other rule %s', (_name, by) => {
    const installed = change(install(goLive), 'go-live-cpu', by)
    expect(skipped(installed)).toEqual(['production-latency-p1 as go-live-latency'])
  })

  test('is the same whatever it is called and however it is told', () => {
    const installed = change(install(goLive), 'go-live-cpu', (spec) => ({ ...spec, name: 'CPU', throttleMs: 1 }))
    expect(skipped(installed)).toHaveLength(2)
  })

  test('stays where both are there already', () => {
    const both = [...install(goLive), ...install(production)]
    expect(skipped(both)).toEqual([])
    expect(skipped(both, goLive)).toEqual([])
  })
})

describe('installing', () => {
  test('makes a rule of every row, once', () => {
    for (const pack of PACKS) {
      const installed = install(pack, [], { ...CONTEXT, tokenBudget: 1_000 })
      expect(installed.map(({ spec }) => spec.pack?.row).sort()).toEqual(pack.rows.map(({ id }) => id).sort())
      expect(planInstall({ pack, installed, context: CONTEXT, mode: 'install' }).map(({ op }) => op)).toEqual(
        pack.rows.map(() => 'unchanged'),
      )
    }
  })

  test('asks the metrics that the project has', () => {
    const metricsOf = (known: string[]) => {
      const installed = install(PACK, [], { ...CONTEXT, metrics: new Set(known) })
      const condition = specOf(installed, 'infrastructure-error-rate')?.condition
      return condition?.kind === 'threshold' ? condition.source.of.metric : null
    }
    expect(metricsOf([])).toBe('http.server.requests')
    expect(metricsOf(['http.server.request.duration'])).toBe('http.server.request.duration')
    expect(metricsOf(['http.server.request.duration', 'http.server.requests'])).toBe('http.server.requests')
  })

  test('leaves a rule of one’s own alone, and says so', () => {
    const [own] = install(PACK)
    if (own === undefined) throw new Error('nothing was installed')
    const mine = { spec: { ...own.spec, pack: null }, original: null }
    const plan = planInstall({ pack: PACK, installed: [mine], context: CONTEXT, mode: 'install' })
    expect(plan.find(({ key }) => key === own.spec.key)).toMatchObject({ op: 'skip', reason: 'key_taken' })
  })

  test('waits for a token budget, and holds tokens against it', () => {
    const llm = findPack('llm') as Pack
    const budgetRow = (tokenBudget: number | null) =>
      planInstall({ pack: llm, installed: [], context: { ...CONTEXT, tokenBudget }, mode: 'install' }).at(-1)
    expect(budgetRow(null)).toMatchObject({ op: 'skip', reason: 'no_token_budget' })
    expect(budgetRow(1_000_000)).toMatchObject({ op: 'add', spec: { condition: { warning: { value: 800_000 } } } })
  })

  test('follows the token budget when it changes', () => {
    const llm = findPack('llm') as Pack
    const installed = install(llm, [], { ...CONTEXT, tokenBudget: 1_000 })
    const plan = planInstall({ pack: llm, installed, context: { ...CONTEXT, tokenBudget: 2_000 }, mode: 'upgrade' })
    expect(plan.filter(({ op }) => op === 'upgrade')).toMatchObject([
      { spec: { condition: { warning: { value: 1_600 } } } },
    ])
  })
})

describe('upgrading', () => {
  const next = nextVersion(PACK)

  test('brings what is new and leaves what people changed', () => {
    const installed = change(install(PACK), 'infrastructure-cpu', (spec) =>
      withLimits({ ...spec, forMs: 60_000, enabled: false }, { warning: limitAt(0.75) }),
    )
    const plan = planInstall({ pack: next, installed, context: CONTEXT, mode: 'upgrade' })
    const cpu = plan.find(({ key }) => key === 'infrastructure-cpu')
    expect(cpu).toMatchObject({ op: 'upgrade', kept: ['enabled', 'condition.warning.value', 'forMs'], contested: [] })
    const after = specOf(carryOut(installed, plan), 'infrastructure-cpu')
    expect(after).toMatchObject({ enabled: false, forMs: 60_000, pack: { version: 2 } })
    expect(after?.condition).toMatchObject({ warning: { value: 0.75 }, critical: { value: 0.95 } })
    expect(plan.find(({ key }) => key === 'infrastructure-fresh')?.op).toBe('add')
  })

  test('says where both changed the same, and leaves people’s', () => {
    const installed = change(install(PACK), 'infrastructure-cpu', (spec) =>
      withLimits(spec, { critical: limitAt(0.8) }),
    )
    const cpu = planInstall({ pack: next, installed, context: CONTEXT, mode: 'upgrade' }).find(
      ({ key }) => key === 'infrastructure-cpu',
    )
    expect(cpu).toMatchObject({
      contested: ['condition.critical.value'],
      spec: { condition: { critical: { value: 0.8 } } },
    })
  })

  test('brings nothing back that people deleted', () => {
    const installed = install(PACK).filter(({ spec }) => spec.key !== 'infrastructure-memory')
    const plan = planInstall({ pack: next, installed, context: CONTEXT, mode: 'upgrade' })
    expect(plan.find(({ key }) => key === 'infrastructure-memory')).toMatchObject({ op: 'skip', reason: 'deleted' })
    expect(plan.find(({ key }) => key === 'infrastructure-fresh')?.op).toBe('add')
  })

  test('is done once', () => {
    const installed = carryOut(
      install(PACK),
      planInstall({ pack: next, installed: install(PACK), context: CONTEXT, mode: 'upgrade' }),
    )
    expect(viewPack(next, installed, CONTEXT).state).toBe('installed')
    expect(
      planInstall({ pack: next, installed, context: CONTEXT, mode: 'upgrade' }).every(({ op }) => op === 'unchanged'),
    ).toBe(true)
  })
})

describe('uninstalling', () => {
  const installed = change(
    change(install(PACK), 'infrastructure-cpu', (spec) => ({ ...spec, forMs: 1 })),
    'infrastructure-disk',
    (spec) => ({ ...spec, enabled: false }),
  )

  test('keeps what people changed, and takes what they only switched off', () => {
    const plan = planUninstall('infrastructure', installed)
    expect(plan.keep).toEqual([{ key: 'infrastructure-cpu', fields: ['forMs'] }])
    expect(plan.remove).toHaveLength(PACK.rows.length - 1)
    expect(plan.remove).toContain('infrastructure-disk')
  })

  test('takes those, too, when asked', () => {
    expect(planUninstall('infrastructure', installed, { alsoChanged: true })).toMatchObject({ keep: [] })
  })

  test('takes nothing of another pack', () => {
    expect(planUninstall('database', installed)).toEqual({ remove: [], keep: [] })
  })
})

describe('state of a pack', () => {
  test('not installed, partly, wholly, to be upgraded', () => {
    const installed = install(PACK)
    expect(viewPack(PACK, [], CONTEXT)).toMatchObject({ state: 'not_installed', version: null })
    expect(viewPack(PACK, installed.slice(1), CONTEXT).state).toBe('partial')
    expect(viewPack(PACK, installed, CONTEXT)).toMatchObject({ state: 'installed', version: 1 })
    expect(viewPack(nextVersion(PACK), installed, CONTEXT).state).toBe('update_available')
  })

  test('names what is customised and what has no data yet', () => {
    const installed = change(install(PACK), 'infrastructure-cpu', (spec) => ({ ...spec, runbook: 'RB-009' }))
    const cpu = viewPack(PACK, installed, CONTEXT).rows.find(({ key }) => key === 'infrastructure-cpu')
    expect(cpu).toMatchObject({ state: 'customised', customised: ['runbook'], missing: ['system.cpu.utilization'] })
  })
})

describe('three-way merge', () => {
  const json = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.integer({ max: 3, min: 0 }),
      fc.constant(null),
      fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 2 }),
      tie('map'),
    ),
    map: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3 }),
  })).map

  test('without changes of people, the offer is taken whole', () => {
    fc.assert(
      fc.property(json, json, (original, offered) => {
        expect(mergeThreeWay(original, original, offered).value).toEqual(offered)
      }),
    )
  })

  test('without anything new, people’s version stays whole', () => {
    fc.assert(
      fc.property(json, json, (original, current) => {
        expect(mergeThreeWay(original, current, original)).toMatchObject({ value: current, contested: [] })
      }),
    )
  })

  test('what is contested is kept', () => {
    fc.assert(
      fc.property(json, json, json, (original, current, offered) => {
        const { kept, contested } = mergeThreeWay(original, current, offered)
        expect(kept).toEqual(expect.arrayContaining(contested))
      }),
    )
  })

  test('a rule that nobody changed has no customised fields', () => {
    for (const rule of install(PACK)) expect(customisedFields(rule)).toEqual([])
  })
})
