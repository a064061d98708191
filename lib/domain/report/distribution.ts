import type { NextAttempt } from '../delivery/next.ts'
import type { DeliveryResult } from '../delivery/result.ts'

/** What became of one recipient's mail for good. A provider that was away is no outcome: that mail is tried again. */
export interface RecipientOutcome {
  outcome: 'delivered' | 'rejected'
  detail: string
}

/**
 * A report on its way. Everybody gets a mail of their own, because one mail to all shows each of them the others; hidden copies were
 * rejected because a provider refuses a whole mail for one wrong address.
 */
export interface Distribution {
  recipients: readonly string[]
  /** By address; those who are absent have none yet. */
  outcomes: Readonly<Record<string, RecipientOutcome>>
}

/** Each address once, however it was typed: nobody wants the same mail twice. */
export function distinctRecipients(addresses: readonly string[]): string[] {
  const seen = new Set<string>()
  return addresses.filter((address) => {
    const folded = address.trim().toLowerCase()
    return !seen.has(folded) && seen.add(folded)
  })
}

/** Who still has to get it. The key is the same at every repetition, so that a provider takes each mail once. */
export function listUnsettled(
  reportKey: string,
  { recipients, outcomes }: Distribution,
): { to: string; key: string }[] {
  return recipients.flatMap((to, position) => (outcomes[to] ? [] : [{ to, key: `${reportKey}:${position}` }]))
}

/** Null for a result after which the same mail is tried again. */
export function settle(result: DeliveryResult): RecipientOutcome | null {
  if (result.outcome === 'retry') return null
  return { outcome: result.outcome === 'delivered' ? 'delivered' : 'rejected', detail: result.detail }
}

/** All mails as one result, once each has an outcome: the first refusal, or delivered. */
export function sumUp({ recipients, outcomes }: Distribution): DeliveryResult {
  const settled = recipients.flatMap((to) => outcomes[to] ?? [])
  const refusal = settled.find(({ outcome }) => outcome === 'rejected')
  if (refusal !== undefined) return { outcome: 'rejected', detail: refusal.detail, statusCode: null }
  return { outcome: 'delivered', detail: settled[0]?.detail ?? '', providerId: null, viaOutbox: false }
}

/**
 * What is kept of an attempt. A report that reached somebody was sent; who was left out is named. Only one that reached nobody has
 * failed.
 */
export function conclude(
  distribution: Distribution,
  result: DeliveryResult,
  next: NextAttempt,
): { next: NextAttempt; lastError: string | null } {
  if (next.kind === 'done') return { next, lastError: null }
  const missed = listMissed(distribution)
  if (next.kind === 'retry' || missed.length === distribution.recipients.length)
    return { next, lastError: result.detail }
  return { next: { kind: 'done' }, lastError: describeMissed(missed, result.detail) }
}

/** Who has not got it: refused, or not tried yet. */
export function listMissed({ recipients, outcomes }: Distribution): string[] {
  return recipients.filter((to) => outcomes[to]?.outcome !== 'delivered')
}

/** One English sentence for the list of reports; `deliverySentence` has it in French. */
export function describeMissed(missed: readonly string[], detail: string): string {
  return `The report was not sent to ${missed.join(', ')}: ${detail}`
}
