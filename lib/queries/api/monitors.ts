import { type Instant, toIso } from '../../domain/time/instant.ts'
import type { ApiResult, ApiStore } from '../../ports/api-store.ts'
import { monitorJson, resultJson } from './monitor-json.ts'
import { ParameterReader, type Parsed } from './parameters.ts'

/** Of whom, when and where from a question is answered. */
export interface ApiQuestion {
  projectId: string
  /** The project's pages. */
  projectUrl: string
  now: Instant
  parameters: URLSearchParams
}

export type Json = Record<string, unknown>

/** What can be a key at all. Anything else names no monitor, and some of it (NUL) Postgres would not take as text. */
const KEY = /^[a-z0-9-]{1,63}$/

/** One page of monitors in order of their keys. `next` is the `after` of the page behind it. */
export async function listApiMonitors(
  store: ApiStore,
  { projectId, projectUrl, now, parameters }: ApiQuestion,
): Promise<Parsed<Json>> {
  const reader = new ParameterReader(parameters)
  const limit = reader.integer('limit', { min: 1, max: 200, default: 100 })
  const after = reader.text('after', KEY, 'must be the key of a monitor')
  if (reader.errors.length > 0) return { ok: false, errors: reader.errors }
  const found = await store.listMonitors(projectId, { after, limit: limit + 1 })
  const page = found.slice(0, limit)
  const monitors = page.map((monitor) => monitorJson(monitor, now, projectUrl))
  return { ok: true, value: { monitors, next: found.length > limit ? (page.at(-1)?.key ?? null) : null } }
}

/** One monitor; null when the project has none of that key. */
export async function readApiMonitor(
  store: ApiStore,
  key: string,
  { projectId, projectUrl, now }: ApiQuestion,
): Promise<Json | null> {
  if (!KEY.test(key)) return null
  const monitor = await store.findMonitor(projectId, key)
  return monitor && monitorJson(monitor, now, projectUrl)
}

/** Results, newest first. `next` is the `before` of the page behind it: no result is listed twice, however many arrive meanwhile. */
export async function listApiResults(
  store: ApiStore,
  key: string,
  { projectId, parameters }: ApiQuestion,
): Promise<Parsed<Json | null>> {
  const reader = new ParameterReader(parameters)
  const limit = reader.integer('limit', { min: 1, max: 500, default: 100 })
  const before = reader.instant('before')
  if (reader.errors.length > 0) return { ok: false, errors: reader.errors }
  if (!KEY.test(key)) return { ok: true, value: null }
  const found = await store.listResults(projectId, key, { before, limit: limit + 1 })
  if (found === null) return { ok: true, value: null }
  const page = cutBetweenSlots(found, limit)
  const last = page.at(-1)
  const next = found.length > page.length && last !== undefined ? toIso(last.slotAt) : null
  return { ok: true, value: { results: page.map(resultJson), next } }
}

/** Results of one slot from several regions stay together, because the next page begins before the last slot of this one. */
function cutBetweenSlots(found: readonly ApiResult[], limit: number): readonly ApiResult[] {
  const over = found[limit]
  if (over === undefined) return found
  const whole = found.filter(({ slotAt }) => slotAt > over.slotAt)
  return whole.length > 0 ? whole.slice(0, limit) : found.slice(0, limit)
}
