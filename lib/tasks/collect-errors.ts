import { HOUR, type Instant, MINUTE } from '../domain/time/instant.ts'
import type { ErrorCollection, ErrorCollectionClaim, ErrorCollectionStore } from '../ports/error-collection-store.ts'
import type { ErrorCounter } from '../ports/error-counter.ts'
import type { Log } from '../ports/log.ts'
import type { SecretBox } from '../ports/secret-box.ts'

export interface CollectErrorsDeps {
  store: ErrorCollectionStore
  counter: ErrorCounter
  secretBox: Pick<SecretBox, 'open'>
  log: Pick<Log, 'error'>
}

/** Asked side by side: one that is slow must not make the others wait. */
const CLAIMS = 20
/** The store takes nothing older than a day; an hour less leaves time to get there. */
const LOOK_BACK_MS = 22 * HOUR
/** So long after its end, an hour's count is complete. */
const SETTLED_AFTER_MS = MINUTE

/**
 * Counts the errors of whole hours for each connection to Sentry that has a token. Safe to run at any time, twice or side by side: an hour is
 * one sample, and a lost lease stores nothing. What goes wrong with one is kept with it, and stops neither the others nor the caller.
 */
export async function collectErrors(deps: CollectErrorsDeps): Promise<{ collected: number; failed: number }> {
  const figures = { collected: 0, failed: 0 }
  try {
    const { now, claims } = await deps.store.claim(CLAIMS)
    const settled = await Promise.allSettled(
      claims.map(async (claim) => {
        const collection = await collect(deps, claim, now)
        const isKept = await deps.store.finish(claim, collection)
        if (isKept) figures['error' in collection ? 'failed' : 'collected'] += 1
      }),
    )
    const broken = settled.find((one) => one.status === 'rejected')
    if (broken !== undefined) throw broken.reason
  } catch (error) {
    deps.log.error('collect_errors_failed', { error: String(error) })
    figures.failed += 1
  }
  return figures
}

async function collect(
  { counter, secretBox }: CollectErrorsDeps,
  claim: ErrorCollectionClaim,
  now: Instant,
): Promise<ErrorCollection> {
  const until = floorHour(now - SETTLED_AFTER_MS)
  const from = Math.max(claim.collectedUntil ?? 0, floorHour(now - LOOK_BACK_MS))
  const { organization, project } = claim
  const series = {
    name: 'errors',
    kind: 'counter' as const,
    temporality: 'delta' as const,
    unit: '{error}',
    environment: 'production',
    attributes: { 'service.name': project },
  }
  if (from >= until) return { series, samples: [], collectedUntil: until }
  const token = openToken(secretBox, claim.tokenCiphertext)
  if (token === null) return { error: 'token_sealed_otherwise' }
  const counted = await counter.count({ organization, project, token, from, until })
  if (!counted.ok) return { error: counted.problem }
  // At the very end of its hour, and within it: what was counted since the sample before.
  const samples = counted.hours.map(({ startAt, count }) => ({ at: startAt + HOUR - 1, value: count }))
  return { series, samples, collectedUntil: until }
}

/** Null when it was sealed with another key. */
function openToken(secretBox: Pick<SecretBox, 'open'>, ciphertext: string): string | null {
  try {
    return String(secretBox.open(ciphertext))
  } catch {
    return null
  }
}

function floorHour(at: Instant): Instant {
  return Math.floor(at / HOUR) * HOUR
}
