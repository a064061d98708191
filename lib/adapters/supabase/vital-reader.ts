import { fromIso, SECOND, toIso } from '../../domain/time/instant.ts'
import { VITAL_BOUNDS, type Vital } from '../../domain/vital/vital.ts'
import type { ActiveUsers, PageVitals, VitalAnswer, VitalFigures, VitalReader } from '../../ports/vital-reader.ts'
import { call } from './call.ts'
import type { Client } from './create-client.ts'
import { takeOne, takeRows } from './take.ts'

/** `client` acts as the person who asks. */
export function createVitalReader(client: Client): VitalReader {
  return {
    async query(projectId, { from, until, stepMs, where }) {
      const answer = await call(client, 'query_vitals', {
        p_project_id: projectId,
        p_from: toIso(from),
        p_until: toIso(until),
        p_step_seconds: stepMs / SECOND,
        p_where: where,
        p_bounds: VITAL_BOUNDS as never,
      })
      return toAnswer(answer as AnswerRow)
    },

    async listActiveUsers(projectId, since) {
      const query = client.from('active_users').select('period, starts_on, user_count').eq('project_id', projectId)
      const rows = takeRows(await query.gte('starts_on', since).order('starts_on', { ascending: false }).limit(200))
      return rows.map(({ period, starts_on, user_count }) => ({
        period: period as ActiveUsers['period'],
        startsOn: starts_on,
        count: Number(user_count),
      }))
    },

    async readSite(projectId) {
      const query = client.from('sites').select('public_key, allowed_origins').eq('project_id', projectId)
      const { public_key, allowed_origins } = takeOne(await query.single())
      return { publicKey: public_key, allowedOrigins: allowed_origins }
    },
  }
}

interface AnswerRow {
  last_seen_at: string | null
  totals: Partial<Record<Vital, VitalFigures>>
  trend: Partial<Record<Vital, [at: number, p75: number, count: number][]>>
  page_count: number
  pages: PageVitals[]
}

function toAnswer({ last_seen_at, totals, trend, page_count, pages }: AnswerRow): VitalAnswer {
  const lines = Object.entries(trend).map(
    ([vital, points]) => [vital, points.map(([at, p75, count]) => ({ at, p75, count }))] as const,
  )
  return {
    lastSeenAt: last_seen_at === null ? null : fromIso(last_seen_at),
    totals,
    trend: Object.fromEntries(lines),
    pageCount: page_count,
    pages,
  }
}
