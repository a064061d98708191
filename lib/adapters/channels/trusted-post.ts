import type { Cause } from '../../domain/probe/outcome.ts'
import type { HttpPost } from './http-post.ts'

/** Providers answer with a few hundred bytes; more is not read, so that no answer can fill the memory. */
const BODY_MAX_BYTES = 65_536

const CAUSES: Record<string, Cause> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ECONNREFUSED: 'tcp',
  EHOSTUNREACH: 'tcp',
  ENETUNREACH: 'tcp',
  UND_ERR_CONNECT_TIMEOUT: 'tcp',
}

/** Plain POST for the operator's own addresses (Twilio, the Slack address of the environment). They may be local stand-ins, so no guard. */
export function createTrustedPost(): HttpPost {
  return async ({ url, headers, body, timeoutMs }) => {
    try {
      const signal = AbortSignal.timeout(timeoutMs)
      const response = await fetch(url, {
        method: 'POST',
        headers,
        body,
        redirect: 'manual',
        signal,
        cache: 'no-store',
      })
      return {
        ok: true,
        statusCode: response.status,
        headers: Object.fromEntries(response.headers),
        body: await readLimited(response),
      }
    } catch (error) {
      const cause = classifyError(error)
      // undici's own words may hold the address, and a Slack address is a secret: only our own sentence leaves.
      return { ok: false, cause, message: describeCause(cause, timeoutMs) }
    }
  }
}

async function readLimited(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  if (response.body === null) return ''
  for await (const chunk of response.body) {
    chunks.push(chunk)
    size += chunk.byteLength
    // Leaving the loop cancels the stream.
    if (size >= BODY_MAX_BYTES) break
  }
  return Buffer.concat(chunks).subarray(0, BODY_MAX_BYTES).toString('utf8')
}

function classifyError(error: unknown): Cause {
  if (!(error instanceof Error)) return 'protocol'
  if (error.name === 'TimeoutError') return 'timeout'
  const code = error.cause instanceof Error && 'code' in error.cause ? String(error.cause.code) : ''
  if (/^(CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/.test(code)) return 'tls'
  return CAUSES[code] ?? 'protocol'
}

function describeCause(cause: Cause, timeoutMs: number): string {
  switch (cause) {
    case 'dns':
      return 'its name does not resolve'
    case 'tcp':
      return 'no connection'
    case 'tls':
      return 'the TLS connection failed'
    case 'timeout':
      return `no answer within ${timeoutMs / 1_000} s`
    default:
      return 'the connection broke before the answer was complete'
  }
}
