/** A dead-man's service answers at once or is away; the tick that calls must not wait for it. */
const TIMEOUT_MS = 5_000

export type DeadmanResult = { ok: true; statusCode: number } | { ok: false; message: string }

/**
 * Tells an outside watcher that a tick ended well (Healthchecks, Better Stack and others take a GET). Its silence is what raises the
 * alarm, so a failure here is only logged. The message never holds the address, which is a secret.
 */
export async function pingDeadman(url: string): Promise<DeadmanResult> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), cache: 'no-store' })
    // Read to its end, or the connection stays open until the garbage is collected.
    await response.body?.cancel()
    if (response.ok) return { ok: true, statusCode: response.status }
    return { ok: false, message: `The dead-man service answered ${response.status}, expected 2xx.` }
  } catch (error) {
    const isTimeout = error instanceof Error && error.name === 'TimeoutError'
    const why = isTimeout ? `did not answer within ${TIMEOUT_MS / 1_000} s` : 'could not be reached'
    return { ok: false, message: `The dead-man service ${why}.` }
  }
}
