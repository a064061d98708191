import { type Instant, MINUTE } from '../time/instant.ts'

/** One alert of a rule, as its noise is judged. `pages`: messages that it caused; `atNight`: it fired while its readers sleep. */
export interface NoiseFacts {
  startedAt: Instant
  resolvedAt: Instant | null
  acknowledgedAt: Instant | null
  pages: number
  atNight: boolean
}

export interface NoiseScore {
  /** From 0 (every page was worth it) to 100 (none was); null when no page tells. */
  score: number | null
  pages: number
  acknowledged: number
  selfHealed: number
  reason: string
}

/** Over before anybody could have done anything about it. */
export const SELF_HEALED_WITHIN_MS = 5 * MINUTE

/**
 * How much of what a rule told in a period (the pages show a week) was for nothing. Of the alerts that paged, those that somebody
 * acknowledged were worth it, however short; those that nobody acknowledged and that ended by themselves in under five minutes were noise;
 * the others say nothing. The score is the share of noise among the first two, in percent, rounded.
 */
export function scoreNoise(alerts: readonly NoiseFacts[]): NoiseScore {
  const told = alerts.filter(({ pages }) => pages > 0)
  const pages = told.reduce((sum, alert) => sum + alert.pages, 0)
  const acknowledged = told.filter(({ acknowledgedAt }) => acknowledgedAt !== null).length
  const healed = told.filter(isSelfHealed)
  const selfHealed = healed.length
  const judged = acknowledged + selfHealed
  const score = judged === 0 ? null : Math.round((100 * selfHealed) / judged)
  const atNight = healed.filter((alert) => alert.atNight).length
  const reason = explain({ told: told.length, pages, acknowledged, selfHealed, atNight })
  return { score, pages, acknowledged, selfHealed, reason }
}

function isSelfHealed({ startedAt, resolvedAt, acknowledgedAt }: NoiseFacts): boolean {
  return acknowledgedAt === null && resolvedAt !== null && resolvedAt - startedAt < SELF_HEALED_WITHIN_MS
}

function explain(counts: { told: number; pages: number; acknowledged: number; selfHealed: number; atNight: number }) {
  const { told, pages, acknowledged, selfHealed, atNight } = counts
  if (pages === 0) return 'nobody was paged'
  const night = atNight === 0 ? '' : `, ${atNight} of them at night`
  const rest = told - acknowledged - selfHealed
  const others = rest === 0 ? '' : `; ${rest} neither`
  return `${pages} ${pages === 1 ? 'page' : 'pages'} for ${told} ${told === 1 ? 'alert' : 'alerts'}: ${acknowledged} acknowledged, ${selfHealed} over by ${selfHealed === 1 ? 'itself' : 'themselves'} in under 5 min${night}${others}`
}
