import type { Level, RuleCondition } from '../../../lib/domain/rule/condition.ts'
import { mergeFigures } from '../../../lib/domain/rule/figures-of.ts'
import { groupKeyOf } from '../../../lib/domain/rule/outcome.ts'
import type { AlertRule, RuleSpec } from '../../../lib/domain/rule/rule.ts'
import type { MonitorFacts, RuleInputs } from '../../../lib/domain/rule/rule-inputs.ts'
import type { AnswerOf, Figures } from '../../../lib/domain/series/figures.ts'
import type { Attributes, MetricKind } from '../../../lib/domain/series/sample.ts'
import { MINUTE } from '../../../lib/domain/time/instant.ts'
import { keyOf } from '../report/figures-of.ts'

/** 2026-01-15 10:30 UTC, a Thursday. */
export const AT = Date.UTC(2026, 0, 15, 10, 30)

export interface Sample {
  metric: string
  at: number
  value: number
  attributes?: Attributes
}

/** Figures of one sample. A value of a histogram is one measurement. */
export function figuresOf({ at, value }: Pick<Sample, 'at' | 'value'>, kind: MetricKind = 'gauge'): Figures {
  const isCounter = kind === 'counter'
  return {
    kind,
    count: 1,
    sum: value,
    min: isCounter ? null : value,
    max: isCounter ? null : value,
    last: kind === 'gauge' ? value : null,
    lastAt: at,
    histogram: isCounter ? { keys: [], counts: [] } : { keys: [keyOf(value)], counts: [1] },
  }
}

/** Answers questions from a list of samples, as the store does: conditions, groups, spans. */
export function answersOf(samples: readonly Sample[], kind: MetricKind = 'gauge'): AnswerOf {
  return ({ term, groupBy, from, until }) => {
    const groups = new Map<string, { group: string[]; figures: Figures[] }>()
    for (const sample of samples) {
      const { metric, at, attributes = {} } = sample
      if (metric !== term.metric || at < from || at >= until) continue
      const fits = Object.entries(term.where ?? {}).every(([name, wanted]) => {
        const value = attributes[name] ?? null
        return typeof wanted === 'object' && wanted !== null
          ? (value?.startsWith(wanted.prefix) ?? false)
          : value === wanted
      })
      if (!fits) continue
      const group = groupBy.map((name) => attributes[name] ?? '')
      const known = groups.get(groupKeyOf(group)) ?? { group, figures: [] }
      known.figures.push(figuresOf(sample, kind))
      groups.set(groupKeyOf(group), known)
    }
    return [...groups.values()].flatMap(({ group, figures }) => {
      const merged = mergeFigures(figures)
      return merged === null ? [] : [{ group, figures: merged }]
    })
  }
}

/** Samples a minute apart, the last one in the minute before `AT`. */
export function minutely(metric: string, values: readonly number[], attributes: Attributes = {}): Sample[] {
  return values.map((value, index) => ({ metric, value, attributes, at: AT - (values.length - index) * MINUTE }))
}

export function inputsOf(given: Partial<RuleInputs> = {}): RuleInputs {
  return {
    answerOf: () => [],
    monitors: [],
    activeLevelOf: () => null,
    firingGroupsOf: () => [],
    knownGroupsOf: () => [],
    slos: new Map(),
    ...given,
  }
}

export function activeAt(level: Level): Partial<RuleInputs> {
  return { activeLevelOf: () => level }
}

export function ruleOf(condition: RuleCondition, given: Partial<RuleSpec> = {}): AlertRule {
  return {
    id: '00000000-0000-4000-8000-000000000001',
    projectId: '00000000-0000-4000-8000-000000000002',
    key: 'rule',
    name: 'Rule',
    enabled: true,
    condition,
    groupBy: [],
    groupLimit: 20,
    forMs: 0,
    keepFiringForMs: 0,
    noData: 'keep',
    severity: { warning: 'medium', critical: 'high' },
    notifyChannelIds: [],
    throttleMs: 0,
    repeatMs: 0,
    incidentBy: null,
    inhibitedBy: [],
    runbook: null,
    labels: {},
    pack: null,
    ...given,
  }
}

export function monitorFacts(key: string, given: Partial<MonitorFacts> = {}): MonitorFacts {
  return {
    key,
    name: key,
    tags: [],
    state: 'up',
    failedInARow: 0,
    lastProbedAt: AT - MINUTE,
    certificateExpiresAt: null,
    ...given,
  }
}
