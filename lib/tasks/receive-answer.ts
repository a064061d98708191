import type { AnswerReading, FeedbackSource, FeedbackStore, StoredFeedback } from '../ports/feedback-store.ts'
import type { RateLimit, RateLimiter } from '../ports/rate-limiter.ts'
import type { RejectionCode, TelemetryStore } from '../ports/telemetry-store.ts'

export interface ReceiveAnswerDeps {
  feedback: Pick<FeedbackStore, 'findSite' | 'storeAnswer'>
  /** Counts what is refused, for the admins. */
  store: Pick<TelemetryStore, 'storeBatch'>
  limiter: Pick<RateLimiter, 'take'>
  /** Of one address, and of all visitors of one site. */
  addressLimit: RateLimit
  siteLimit: RateLimit
  readAnswer(text: string): AnswerReading
  /** Tells nothing of what goes in to whoever lacks the secret. */
  hashVisitor(parts: readonly string[]): string
}

/** What a browser sends, with what its request says. The address is not kept. */
export interface BrowserMessage {
  text: string
  address: string
  /** Where the page came from; null when the sender is no browser. */
  origin: string | null
}

export type AnswerReceipt =
  /** `isKnown`: it replaces an answer that was there under its id. */
  | { kind: 'taken'; isKnown: boolean }
  | { kind: 'unreadable'; field: string; message: string }
  | { kind: Exclude<StoredFeedback, 'new' | 'known'> }
  | { kind: 'no_site' | 'unknown_site' | 'foreign_origin' }
  | { kind: 'limited'; retryAfterSeconds: number }

/** Takes in what a visitor answered. Addresses are limited before anything is looked up: that is what a flood would cost. */
export async function receiveFromBrowser(deps: ReceiveAnswerDeps, message: BrowserMessage): Promise<AnswerReceipt> {
  const { address, origin, text } = message
  const byAddress = await deps.limiter.take(`feedback:${deps.hashVisitor([address])}`, deps.addressLimit)
  if (!byAddress.allowed) return { kind: 'limited', retryAfterSeconds: byAddress.retryAfterSeconds }
  const read = deps.readAnswer(text)
  if (read.siteKey === null) {
    return read.ok || read.field !== '' ? { kind: 'no_site' } : { kind: 'unreadable', ...faultOf(read) }
  }
  const site = await deps.feedback.findSite(read.siteKey)
  if (site === null) return { kind: 'unknown_site' }
  const { projectId, allowedOrigins } = site
  if (allowedOrigins.length > 0 && (origin === null || !allowedOrigins.includes(origin))) {
    return { kind: 'foreign_origin' }
  }
  const bySite = await deps.limiter.take(`feedback:${projectId}`, deps.siteLimit)
  if (!bySite.allowed) return { kind: 'limited', retryAfterSeconds: bySite.retryAfterSeconds }
  return keep(deps, projectId, 'browser', text, read)
}

/** Takes in what a server sends that has a key of the project. */
export async function receiveFromServer(
  deps: ReceiveAnswerDeps,
  projectId: string,
  text: string,
): Promise<AnswerReceipt> {
  return keep(deps, projectId, 'server', text, deps.readAnswer(text))
}

async function keep(
  deps: ReceiveAnswerDeps,
  projectId: string,
  source: FeedbackSource,
  text: string,
  read: AnswerReading,
): Promise<AnswerReceipt> {
  const count = (code: RejectionCode, message: string) =>
    deps.store.storeBatch({
      projectId,
      source: 'feedback',
      // The same mistake sent again is counted once, as with everything that is taken in.
      digest: deps.hashVisitor([source, text]),
      series: [],
      logs: [],
      rejections: [{ code, count: 1, message }],
    })
  if (!read.ok) {
    const fault = faultOf(read)
    await count('invalid', `${fault.field === '' ? 'The body' : fault.field} ${fault.message}.`)
    return { kind: 'unreadable', ...fault }
  }
  const stored = await deps.feedback.storeAnswer(projectId, source, read.answer)
  if (stored === 'new' || stored === 'known') return { kind: 'taken', isKnown: stored === 'known' }
  await count(stored === 'day_full' ? 'day_limit' : stored, REASONS[stored])
  return { kind: stored }
}

const REASONS: Record<Exclude<StoredFeedback, 'new' | 'known'>, string> = {
  too_old: 'Answers of users older than 24 hours are not taken: send them within a day.',
  too_new: 'Answers of users more than 10 minutes ahead of our clock are not taken: set the clock of the sender.',
  day_full: 'The project had 10,000 new answers of users in a day, and no more were taken.',
}

function faultOf({ field, message }: Extract<AnswerReading, { ok: false }>): { field: string; message: string } {
  return { field, message }
}
