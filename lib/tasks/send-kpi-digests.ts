import { dueDigestDay } from '../domain/kpi/digest-due.ts'
import { composeDigest } from '../domain/notification/digest.ts'
import type { KpiStore } from '../ports/kpi-store.ts'
import type { Log } from '../ports/log.ts'

export interface SendKpiDigestsDeps {
  kpis: KpiStore
  baseUrl: string
  log: Log
}

/**
 * Puts every digest that is due into the outbox and answers how many. Safe to run at any time, late, twice or side by side: a local day of a
 * project has one row, written with its notifications in one transaction. A project without any KPI has nothing to tell. Never rejects.
 */
export async function sendDueDigests({ kpis, baseUrl, log }: SendKpiDigestsDeps): Promise<number> {
  let count = 0
  try {
    const { now, candidates } = await kpis.listDigestCandidates()
    for (const candidate of candidates) {
      const day = dueDigestDay(candidate, now)
      if (day === null) continue
      const { project } = candidate
      const figures = await kpis.readFigures(project.id)
      if (figures.length === 0) continue
      const told = await kpis.queueDigest(project.id, day, composeDigest(project, day, figures, baseUrl))
      if (told === null) continue
      count += 1
      log.info('kpi_digest.queued', { project: project.slug, day, channels: told })
    }
  } catch (error) {
    log.error('kpi_digest.not_queued', { error: String(error) })
  }
  return count
}
