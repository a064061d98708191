import type { BurnRateCondition } from '../../domain/rule/condition.ts'
import type { RuleSpec } from '../../domain/rule/rule.ts'
import { type BurnRow, burnPresets, MIN_BAD_EVENTS, reachable } from '../../domain/slo/burn.ts'
import type { SloSpec } from '../../domain/slo/slo.ts'

const KEY_MAX_LENGTH = 63

/**
 * The rules that watch an SLO: one that pages, one that asks for a ticket, each on any of its pairs of windows. Windows whose burn rate can
 * never be reached at this target are left out; a rule without any is not made.
 */
export function burnRulesOf(slo: Pick<SloSpec, 'key' | 'name' | 'target' | 'window' | 'slice'>): RuleSpec[] {
  const rows = burnPresets(slo.window, slo.slice).filter(({ factor }) => reachable(slo.target, factor))
  return (['page', 'ticket'] as const).flatMap((severity) => {
    const own = rows.filter((row) => row.severity === severity)
    return own.length === 0 ? [] : [burnRule(slo, severity, own)]
  })
}

/** The key of a rule that `burnRulesOf` makes. */
export function burnRuleKey(sloKey: string, severity: BurnRow['severity']): string {
  const end = `-burn-${severity}`
  return `${sloKey.slice(0, KEY_MAX_LENGTH - end.length).replace(/-+$/, '')}${end}`
}

/** One rule on any of these pairs of windows. */
export function burnRule(
  { key, name }: { key: string; name: string },
  severity: BurnRow['severity'],
  rows: readonly Pick<BurnRow, 'factor' | 'longMs' | 'shortMs'>[],
): RuleSpec {
  const isPage = severity === 'page'
  const condition: BurnRateCondition = {
    kind: 'burn_rate',
    slo: key,
    // Without the last bits of binary fractions: 13.44, and not 13.440000000000001.
    windows: rows.map(({ factor, longMs, shortMs }) => ({ factor: Number(factor.toPrecision(12)), longMs, shortMs })),
    minBadEvents: MIN_BAD_EVENTS,
    level: isPage ? 'critical' : 'warning',
  }
  return {
    key: burnRuleKey(key, severity),
    name: `${name}: ${isPage ? 'fast burn' : 'slow burn'}`.slice(0, 120),
    enabled: true,
    condition,
    groupBy: [],
    groupLimit: 1,
    // The long window damps already: waiting on top of it would lose short total outages (Google's own rules have no `for`).
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
    labels: { slo: key },
    pack: null,
  }
}
