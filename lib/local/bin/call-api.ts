import type { ConfigurationChange } from '../../domain/configuration/plan.ts'

/** What the API answers to a plan and an apply. */
export interface ChangesAnswer {
  changes: ConfigurationChange[]
  summary: { create: number; update: number; delete: number; unchanged: number }
}

export interface Problem {
  status: number
  detail: string
  errors?: { field: string; message: string; path?: (string | number)[] }[]
}

export type ApiAnswer = { ok: true; text: string } | { ok: false; problem: Problem } | { ok: false; message: string }

/** One request to a running installation. Expected failures, an installation that is not there among them, are values. */
export async function callApi(url: string, key: string, path: string, body: string | null): Promise<ApiAnswer> {
  const headers = { authorization: `Bearer ${key}`, ...(body === null ? {} : { 'content-type': 'application/yaml' }) }
  let response: Response
  try {
    const signal = AbortSignal.timeout(60_000)
    response = await fetch(`${url}${path}`, { headers, signal, ...(body === null ? {} : { method: 'POST', body }) })
  } catch (error) {
    const { cause, message } = error as Error
    const reason = cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code : message
    return { ok: false, message: `${url} cannot be reached: ${reason}. Is Vigie running there?` }
  }
  const text = await response.text()
  if (response.ok) return { ok: true, text }
  if (response.headers.get('content-type')?.startsWith('application/problem+json')) {
    return { ok: false, problem: JSON.parse(text) as Problem }
  }
  return { ok: false, message: `${url} answered ${response.status}, and not as Vigie does. Is the address right?` }
}
