import type { Quorum } from '../monitor/schema-regions.ts'
import type { ProbeOutcome, RegionSighting, Verdict } from './outcome.ts'

/** What one region saw in a round, or why it could not tell. */
export type Seen = { outcome: ProbeOutcome } | { unknown: string }
export type RegionSeen = Seen & { region: string }

export type QuorumVerdict =
  /** `outcome` stands for the round: the reason as its message, the latency of the region in the middle of those that agree. */
  { verdict: Verdict; outcome: ProbeOutcome } | { verdict: 'unknown'; reason: string; regions: RegionSighting[] }

interface Told {
  region: string
  outcome: ProbeOutcome
}

/**
 * One verdict from what several regions saw. A region that could not tell counts on neither side; where fewer than half of all can tell,
 * or fewer than a quorum that is a number, nobody knows. `down` needs as many as the quorum says, `degraded` as many that are at least
 * degraded, and everything else is `up`. The order of `seen` says nothing; it may not be empty.
 */
export function judgeQuorum(quorum: Quorum, seen: readonly RegionSeen[]): QuorumVerdict {
  const ordered = [...seen].sort((a, b) => (a.region < b.region ? -1 : 1))
  const told = ordered.flatMap((one): Told[] =>
    'outcome' in one ? [{ region: one.region, outcome: one.outcome }] : [],
  )
  const regions = ordered.map(toSighting)
  const needed = neededOf(quorum, told.length, seen.length)
  if (told.length < Math.max(1, presentOf(quorum, seen.length))) {
    return { verdict: 'unknown', reason: explainUnknown(told, regions), regions }
  }
  const verdict = verdictOf(told, needed)
  const middle = middleOf(told.filter(({ outcome }) => outcome.verdict === verdict))
  return { verdict, outcome: { ...middle.outcome, message: explain(verdict, needed, told, regions), regions } }
}

/** `any` is content with one answer; a number with as many; a share of few answers would let a minority of the regions page. */
function presentOf(quorum: Quorum, all: number): number {
  if (quorum === 'any') return 1
  return typeof quorum === 'number' ? Math.min(quorum, all) : Math.ceil(all / 2)
}

function neededOf(quorum: Quorum, told: number, all: number): number {
  switch (quorum) {
    case 'any':
      return 1
    case 'all':
      return told
    case 'majority':
      return Math.floor(told / 2) + 1
    default:
      return Math.min(quorum, all)
  }
}

function verdictOf(told: readonly Told[], needed: number): Verdict {
  const count = (...verdicts: Verdict[]) => told.filter(({ outcome }) => verdicts.includes(outcome.verdict)).length
  if (count('down') >= needed) return 'down'
  return count('down', 'degraded') >= needed ? 'degraded' : 'up'
}

/** By duration, then by name, so that the same outcomes in any order give the same one. Never called for none: see `verdictOf`. */
function middleOf(agreeing: readonly Told[]): Told {
  const sorted = [...agreeing].sort((a, b) => a.outcome.durationMs - b.outcome.durationMs)
  const middle = sorted[Math.floor((sorted.length - 1) / 2)]
  if (middle === undefined) throw new Error('a verdict that no region shares')
  return middle
}

function toSighting(one: RegionSeen): RegionSighting {
  const { region } = one
  if ('unknown' in one) return { region, verdict: 'unknown', cause: null, latencyMs: null, message: one.unknown }
  const { verdict, cause, durationMs, message } = one.outcome
  return { region, verdict, cause, latencyMs: Math.round(durationMs * 10) / 10, message }
}

function explain(verdict: Verdict, needed: number, told: readonly Told[], regions: readonly RegionSighting[]): string {
  const isBad = (one: RegionSighting) => one.verdict === 'down' || one.verdict === 'degraded'
  const bad = regions.filter(isBad)
  const rest = regions.filter((one) => !isBad(one))
  const counted = verdict === 'degraded' ? bad : regions.filter((one) => one.verdict === 'down')
  const all = plural(told.length)
  const head =
    verdict === 'up'
      ? bad.length === 0
        ? `up in ${told.length} of ${all}`
        : `fails in only ${bad.length} of ${all}, ${needed} must agree`
      : `${verdict} in ${counted.length} of ${all}`
  const lists = [bad, rest].filter((list) => list.length > 0).map((list) => list.map(describeSighting).join(', '))
  return `${head}: ${lists.join('; ')}`
}

function explainUnknown(told: readonly Told[], regions: readonly RegionSighting[]): string {
  return `only ${told.length} of ${plural(regions.length)} could tell: ${regions.map(describeSighting).join(', ')}`
}

/** `fra1 timeout`, `iad1 answered in 180 ms`, `sin1 unknown (did not answer in 13 s)`. */
export function describeSighting({ region, verdict, cause, latencyMs, message }: RegionSighting): string {
  if (verdict === 'unknown') return `${region} unknown (${message})`
  if (verdict === 'up') return `${region} answered in ${Math.round(latencyMs ?? 0)} ms`
  const word = cause === null || cause === 'status' || cause === 'assertion' ? message : cause.replaceAll('_', ' ')
  return `${region} ${word}`
}

function plural(count: number): string {
  return count === 1 ? '1 region' : `${count} regions`
}
