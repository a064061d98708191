import type { KpiReading } from '../../domain/kpi/reading.ts'
import { fromIso, toIso } from '../../domain/time/instant.ts'
import type { KpiSecretReader, KpiStore } from '../../ports/kpi-store.ts'
import { call } from './call.ts'
import type { Client } from './create-client.ts'
import { type CandidateRow, type ClaimRow, type FigureRow, toCandidate, toClaim, toFigure } from './kpi-rows.ts'
import { takeRows } from './take.ts'

/** KPIs for the machine; `client` holds the secret key. */
export function createKpiStore(client: Client): KpiStore {
  return {
    async claimDue(limit, kpiId) {
      const args = { p_limit: limit, ...(kpiId === undefined ? {} : { p_kpi_id: kpiId }) }
      return ((await call(client, 'claim_due_kpis', args)) as ClaimRow[]).map(toClaim)
    },

    async finish({ id, token }, reading, nextRunAt) {
      const next = nextRunAt === null ? null : toIso(nextRunAt)
      const run = { id, token, next_run_at: next, ...toRun(reading) }
      return (await call(client, 'finish_kpi_run', { p_run: run as never })) as boolean
    },

    async readFigures(projectId) {
      const rows = (await call(client, 'read_kpi_figures', { p_project_id: projectId })) as FigureRow[]
      return rows.map(toFigure)
    },

    async listDigestCandidates() {
      const answer = (await call(client, 'list_kpi_digest_candidates', {} as never)) as {
        now: string
        projects: CandidateRow[]
      }
      return { now: fromIso(answer.now), candidates: answer.projects.map(toCandidate) }
    },

    async queueDigest(projectId, day, payload) {
      const digest = { project_id: projectId, day, payload }
      return (await call(client, 'queue_kpi_digest', { p_digest: digest as never })) as number | null
    },
  }
}

/** `client` holds the secret key: no signed-in role reads this table. */
export function createKpiSecretReader(client: Client): KpiSecretReader {
  return {
    async findCiphertext(projectId, kpiId) {
      const rows = client
        .from('kpi_secrets')
        .select('ciphertext')
        .eq('project_id', projectId)
        .eq('kpi_id', kpiId)
        .limit(1)
      return takeRows(await rows)[0]?.ciphertext ?? null
    },
  }
}

function toRun(reading: KpiReading): Record<string, unknown> {
  const { canWrite } = reading
  return reading.ok
    ? { value: reading.value, can_write: canWrite }
    : { fault: reading.fault, error: reading.message, can_write: canWrite }
}
