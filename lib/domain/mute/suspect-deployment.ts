import { formatLatency, PERCENT } from '../rollup/format-figures.ts'
import type { Figures } from '../series/figures.ts'
import { countOf, quantile } from '../series/histogram.ts'
import { formatDuration } from '../time/format-duration.ts'
import { type Instant, MINUTE } from '../time/instant.ts'

/** Fewer values on either side say nothing. */
const ENOUGH = 5
/** A p95 this many times as high, and by so much, is another behaviour and not chance. */
const SLOWER = { factor: 1.5, ms: 50 }
/** A share of failures this many times as high, and by so much. */
const WORSE = { factor: 2, share: 0.05 }

/** What an alert is about: times of answers in ms (histograms), or successes (`sum` of `count`), as the series `probe.success` has them. */
export type Compared = 'p95' | 'success'

export interface SuspectRequest {
  deployment: { at: Instant; name: string } | null
  /** When the alert began. */
  at: Instant
  /** So long after a deployment it may be to blame. */
  soakMs: number
  compared: Compared
  /** As long before the deployment as after it, or thereabouts. */
  before: Figures
  after: Figures
}

/**
 * Whether what went live last is to blame for an alert that began soon after it, by the stored figures of the time before and after it. Null
 * where none went live, where it is too long ago, and where too little was measured or the two do not differ enough. One English sentence
 * without its full stop: `p95 340 ms → 1.9 s since shop 3f1c9a2, 4 min before`.
 */
export function suspectDeployment(request: SuspectRequest): string | null {
  const { deployment, at, soakMs, compared, before, after } = request
  if (deployment === null || at < deployment.at || at - deployment.at > soakMs) return null
  const change = compared === 'p95' ? slowed(before, after) : failed(before, after)
  if (change === null) return null
  const since = at - deployment.at
  const ago = since < MINUTE ? 'just before' : `${formatDuration(since, 'en')} before`
  return `${change} since ${deployment.name}, ${ago}`
}

function slowed(before: Figures, after: Figures): string | null {
  const [was, is] = [percentileOf(before), percentileOf(after)]
  if (was === null || is === null) return null
  if (is < was * SLOWER.factor || is - was < SLOWER.ms) return null
  return `p95 ${formatLatency(was)} → ${formatLatency(is)}`
}

function percentileOf({ histogram, min, max }: Figures): number | null {
  return countOf(histogram) < ENOUGH ? null : quantile(histogram, 0.95, { minMs: min, maxMs: max })
}

function failed(before: Figures, after: Figures): string | null {
  // A failure is told within two or three probes: there is no waiting for more of them after it.
  if (before.count < ENOUGH || after.count < 1) return null
  const [was, is] = [shareOf(before), shareOf(after)]
  if (is < was * WORSE.factor || is - was < WORSE.share) return null
  return `failures ${percent(was)} → ${percent(is)}`
}

function shareOf({ count, sum }: Figures): number {
  return (count - sum) / count
}

/** Rounded up where `formatUptime` rounds down: this is a share of failures. */
function percent(share: number): string {
  return `${Math.ceil(share * 1_000 - 1e-9) / 10}${PERCENT.en}`
}
