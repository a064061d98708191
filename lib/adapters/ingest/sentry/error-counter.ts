import { toIso } from '../../../domain/time/instant.ts'
import type { CountedErrors, ErrorCounter, ErrorQuestion, ProviderProblem } from '../../../ports/error-counter.ts'
import { readErrorCounts, readProjectId } from './error-counts.ts'

const TIMEOUT_MS = 10_000
/** A day of hours is some kilobytes. */
const BODY_MAX_BYTES = 1024 * 1024

const PROBLEMS: Record<number, ProviderProblem> = {
  401: 'token_unknown',
  403: 'token_forbidden',
  404: 'not_found',
  429: 'too_often',
}

type Answer = { ok: true; text: string } | { ok: false; problem: ProviderProblem }

/**
 * Asks the API of Sentry at `baseUrl`, which is the operator's own: no guard, so that a local stand-in will do. Of what a person typed, only
 * slugs stand in the address.
 */
export function createSentryErrorCounter(baseUrl: string): ErrorCounter {
  const get = async (path: string, token: string): Promise<Answer> => {
    try {
      const response = await fetch(`${baseUrl}/api/0/${path}`, {
        headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        cache: 'no-store',
      })
      const text = await readLimited(response)
      return response.ok ? { ok: true, text } : { ok: false, problem: PROBLEMS[response.status] ?? 'other_status' }
    } catch (error) {
      const isLate = error instanceof Error && error.name === 'TimeoutError'
      return { ok: false, problem: isLate ? 'timeout' : 'unreachable' }
    }
  }
  return {
    async count(question: ErrorQuestion): Promise<CountedErrors> {
      const { organization, project, token, from, until } = question
      const found = await get(`projects/${encodeURIComponent(organization)}/${encodeURIComponent(project)}/`, token)
      if (!found.ok) return found
      const id = readProjectId(found.text)
      if (id === null) return { ok: false, problem: 'unreadable' }
      const query = new URLSearchParams({
        project: id,
        field: 'sum(quantity)',
        category: 'error',
        outcome: 'accepted',
        interval: '1h',
        start: toIso(from),
        end: toIso(until),
      })
      const counted = await get(`organizations/${encodeURIComponent(organization)}/stats_v2/?${query}`, token)
      return counted.ok ? readErrorCounts(counted.text, { from, until }) : counted
    },
  }
}

async function readLimited(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk)
    size += chunk.byteLength
    // Leaving the loop cancels the stream.
    if (size >= BODY_MAX_BYTES) break
  }
  return Buffer.concat(chunks).toString('utf8')
}
