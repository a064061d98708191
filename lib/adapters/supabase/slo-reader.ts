import { sloSpecSchema } from '../../domain/slo/config.ts'
import type { Slo } from '../../domain/slo/slo.ts'
import { toIso } from '../../domain/time/instant.ts'
import type { SloFigures, SloReader } from '../../ports/slo-reader.ts'
import { call } from './call.ts'
import type { Client } from './create-client.ts'
import { takeRows } from './take.ts'

interface SloRow {
  id: string
  project_id: string
  key: string
  name: string
  description: string
  indicator: unknown
  method: string
  window: unknown
  target: number
  slice: unknown
}

interface FiguresRow {
  points: [at: number, stepMs: number, good: number, total: number][]
  minutes: [at: number, good: number, total: number][]
}

const COLUMNS = 'id, project_id, key, name, description, indicator, method, window, target, slice'

/** SLOs in the name of the client's person. */
export function createSloReader(client: Client): SloReader {
  return {
    async list(projectId) {
      const rows = client.from('slos').select(COLUMNS).eq('project_id', projectId).order('name').order('key')
      return takeRows(await rows).map(toSlo)
    },

    async isManagedByFile(id) {
      const rows = takeRows(await client.from('slos').select('managed_by').eq('id', id))
      return rows[0]?.managed_by === 'file'
    },

    async readFigures(projectId, questions) {
      if (questions.length === 0) return []
      const slos = questions.map(({ from, ...question }) => ({ ...question, from: toIso(from) }))
      const answer = await call(client, 'read_slo_figures', { p_project_id: projectId, p_slos: slos as never })
      return (answer as FiguresRow[]).map(toFigures)
    },

    async listMonitors(projectId) {
      const rows = client.from('monitors').select('key, name, tags, interval_seconds').eq('project_id', projectId)
      return takeRows(await rows.order('name').limit(1_000)).map(({ key, name, tags, interval_seconds }) => ({
        key,
        name,
        tags,
        intervalSeconds: interval_seconds,
      }))
    },
  }
}

/** Throws when what is stored is no SLO: written past the application, or by a newer version. */
function toSlo({ id, project_id, ...row }: SloRow): Slo {
  return { id, projectId: project_id, ...sloSpecSchema.parse(row) }
}

function toFigures({ points, minutes }: FiguresRow): SloFigures {
  return {
    points: points.map(([at, stepMs, good, total]) => ({ at, stepMs, good, total })),
    minutes: minutes.map(([at, good, total]) => ({ at, good, total })),
  }
}
