import type { DeliveryResult } from '../../../domain/delivery/result.ts'

export interface NumberResult {
  to: string
  result: DeliveryResult
}

/**
 * One result for a delivery to several numbers. Any number that may yet succeed makes the whole a `retry`; with none left, one number
 * served makes it `delivered`, and the detail names those that were refused.
 */
export function joinResults(results: readonly NumberResult[]): DeliveryResult {
  const [only] = results
  if (only !== undefined && results.length === 1) return only.result
  const served = results.filter(({ result }) => result.outcome === 'delivered')
  const waiting = results.flatMap(({ result }) => (result.outcome === 'retry' ? [result] : []))
  const detail = results.map(({ to, result }) => `${maskNumber(to)}: ${result.detail}`).join('; ')
  const [firstWaiting] = waiting
  if (firstWaiting !== undefined) {
    const asked = waiting.map(({ retryAfterMs }) => retryAfterMs).filter((ms) => ms !== null)
    return {
      outcome: 'retry',
      detail,
      statusCode: firstWaiting.statusCode,
      retryAfterMs: asked.length === 0 ? null : Math.max(...asked),
      uncertain: served.length > 0 || waiting.some(({ uncertain }) => uncertain),
    }
  }
  if (served.length > 0) {
    const ids = served.map(({ result }) => (result.outcome === 'delivered' ? result.providerId : null))
    return {
      outcome: 'delivered',
      detail,
      providerId: ids.filter((id) => id !== null).join(',') || null,
      viaOutbox: false,
    }
  }
  const statusCode = only?.result.outcome === 'rejected' ? only.result.statusCode : null
  return { outcome: 'rejected', detail: detail === '' ? 'The channel has no number.' : detail, statusCode }
}

/** Enough to tell which of one's own numbers it is, too little to call it. */
function maskNumber(number: string): string {
  return `${number.slice(0, 3)}…${number.slice(-2)}`
}
