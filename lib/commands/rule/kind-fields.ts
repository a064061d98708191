import {
  type AnomalyCondition,
  type BurnRateCondition,
  COMPOSITE_MODES,
  type CompositeCondition,
  DIRECTIONS,
  LEVELS,
  SEASONS,
} from '../../domain/rule/condition.ts'
import type { Term } from '../../domain/series/panel.ts'
import type { FieldReader } from './condition-fields.ts'
import type { RuleDraft } from './rule-draft.ts'

export function readAnomaly(draft: RuleDraft, of: Term, fields: FieldReader): AnomalyCondition {
  return {
    kind: 'anomaly',
    source: { of },
    windowMs: fields.duration(draft, 'window'),
    season: fields.choice(draft, 'season', SEASONS),
    direction: fields.choice(draft, 'direction', DIRECTIONS),
    sensitivity: fields.number(draft, 'sensitivity', { least: 0.1, most: 10 }),
    cooldownMs: fields.duration(draft, 'cooldown'),
    level: fields.choice(draft, 'level', LEVELS),
  }
}

/** The second pair of windows is left out when its factor is. */
export function readBurnRate(draft: RuleDraft, fields: FieldReader): BurnRateCondition {
  if (draft.slo.trim() === '') fields.wrong('slo', 'choose an SLO', 'missing')
  const factor = (field: 'burnFactor1' | 'burnFactor2') => fields.number(draft, field, { least: 0.1, most: 1e6 })
  const windows = [
    {
      factor: factor('burnFactor1'),
      longMs: fields.duration(draft, 'burnLong1'),
      shortMs: fields.duration(draft, 'burnShort1'),
    },
  ]
  if (draft.burnFactor2.trim() !== '')
    windows.push({
      factor: factor('burnFactor2'),
      longMs: fields.duration(draft, 'burnLong2'),
      shortMs: fields.duration(draft, 'burnShort2'),
    })
  return {
    kind: 'burn_rate',
    slo: draft.slo.trim(),
    windows,
    minBadEvents: Math.round(fields.number(draft, 'minBadEvents', { least: 0, most: 1e9 })),
    level: fields.choice(draft, 'level', LEVELS),
  }
}

export function readComposite(draft: RuleDraft, fields: FieldReader): CompositeCondition {
  if (draft.rules.length === 0) fields.wrong('rules', 'choose at least one rule', 'missing')
  return {
    kind: 'composite',
    mode: fields.choice(draft, 'combine', COMPOSITE_MODES),
    rules: draft.rules,
    level: fields.choice(draft, 'level', LEVELS),
  }
}
