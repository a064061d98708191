import type { KeptAnswer, Rating } from '../../domain/feedback/answer.ts'
import type { RatingCounts } from '../../domain/feedback/ratings.ts'
import { fromIso, toIso } from '../../domain/time/instant.ts'
import type { AnswerSearch, FeedbackReader } from '../../ports/feedback-reader.ts'
import { call } from './call.ts'
import type { Client } from './create-client.ts'
import { take, takeRows } from './take.ts'

interface FiguresRow {
  has_any: boolean
  weeks: { at: string; counts: RatingCounts }[]
  pages: { page: string; count: number; sum: number }[]
  speeds: { perceived: Rating; count: number; measured: number; median_ms: number | null; p75_ms: number | null }[]
}

/** `client` acts as the person who asks. */
export function createFeedbackReader(client: Client): FeedbackReader {
  return {
    async readFigures(projectId, { from, until, page }, timeZone) {
      const row = (await call(client, 'read_satisfaction', {
        p_project_id: projectId,
        p_from: toIso(from),
        p_until: toIso(until),
        p_time_zone: timeZone,
        // The generated types know no argument that may be null.
        p_page: page as string,
      })) as FiguresRow
      return {
        hasAny: row.has_any,
        weeks: row.weeks.map(({ at, counts }) => ({ at: fromIso(at), counts })),
        pages: row.pages,
        speeds: row.speeds.map(({ median_ms, p75_ms, ...rest }) => ({ ...rest, medianMs: median_ms, p75Ms: p75_ms })),
      }
    },

    listAnswers: (projectId, search) => listAnswers(client, projectId, search),

    async readSiteKey(projectId) {
      const row = take(await client.from('sites').select('public_key').eq('project_id', projectId).maybeSingle())
      return row?.public_key ?? null
    },
  }
}

const COLUMNS = 'id, answered_at, rating, comment, page, perceived_speed, load_ms, locale, release, environment'

async function listAnswers(client: Client, projectId: string, search: AnswerSearch): Promise<KeptAnswer[]> {
  const { from, until, page, rating, onlyComments, below, limit } = search
  let query = client.from('feedback').select(COLUMNS).eq('project_id', projectId)
  query = query.gte('answered_at', toIso(from)).lt('answered_at', toIso(until))
  if (page !== null) query = query.eq('page', page)
  if (rating !== null) query = query.eq('rating', rating)
  if (onlyComments) query = query.neq('comment', '')
  if (below !== null) {
    const at = toIso(below.at)
    query = query.or(`answered_at.lt."${at}",and(answered_at.eq."${at}",id.lt.${below.id})`)
  }
  const ordered = query.order('answered_at', { ascending: false }).order('id', { ascending: false })
  return takeRows(await ordered.limit(limit)).map((row) => ({
    id: row.id,
    answeredAt: fromIso(row.answered_at),
    rating: row.rating as Rating,
    comment: row.comment,
    page: row.page,
    perceivedSpeed: row.perceived_speed as Rating | null,
    loadMs: row.load_ms,
    locale: row.locale,
    release: row.release,
    environment: row.environment,
  }))
}
