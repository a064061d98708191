import type { StatusPageConfig } from '../../domain/monitor/schema-statuspage.ts'
import { evaluateStatusPage } from '../../domain/probe/assert-status-page.ts'
import type { ProbeOutcome } from '../../domain/probe/outcome.ts'
import { judgeFormat, judgeStatus } from './format-verdict.ts'
import { secretValues } from './http-request.ts'
import { type ArrivedAnswer, failTrip, startTrip, type Trip, travel } from './http-trip.ts'
import { isNetFailure } from './net-failure.ts'
import { outcomeOf, type ProbeRun } from './probe-kind.ts'

/** The largest pages have some 400 components and are half as long. */
const MAX_BYTES = 2_097_152
const SUMMARY_PATH = '/api/v2/summary.json'

/** Reads the summary of somebody's Statuspage and judges it. */
export async function probeStatusPage(run: ProbeRun, config: StatusPageConfig): Promise<ProbeOutcome> {
  const trip = startTrip(run, {
    url: summaryUrl(config.url),
    method: 'GET',
    headers: { accept: 'application/json' },
    redirects: { follow: true, max: 5 },
    maxBodyBytes: MAX_BYTES,
    keptBytes: MAX_BYTES,
    verifyTls: true,
  })
  const arrived = await travel(trip)
  return isNetFailure(arrived) ? failTrip(trip, arrived) : judge(trip, config, arrived)
}

/** `https://status.example.com/` → `https://status.example.com/api/v2/summary.json`; the address of the summary itself stays as it is. */
function summaryUrl(text: string): string {
  const url = new URL(text)
  const path = url.pathname.replace(/\/+$/, '')
  if (!path.endsWith('.json')) url.pathname = `${path}${SUMMARY_PATH}`
  return url.href
}

function judge(trip: Trip, config: StatusPageConfig, arrived: ArrivedAnswer): ProbeOutcome {
  const { run, phases, remoteAddress, certificate } = trip
  const { statusCode, bytes } = arrived.answer
  const facts = { statusCode, remoteAddress, certificate, bytes }
  const wrongStatus = judgeStatus(statusCode)
  if (wrongStatus !== null) return outcomeOf(run, phases, wrongStatus, facts)
  const read = run.formats.readStatusPage(arrived.text ?? '')
  if (!read.ok) {
    const { evaluation, bodyExcerpt } = judgeFormat(read.fault, arrived.text, secretValues(run.secrets))
    return outcomeOf(run, phases, evaluation, { ...facts, bodyExcerpt })
  }
  const { seen, ...evaluation } = evaluateStatusPage(config, read.page, run.deadline.elapsedMs())
  return { ...outcomeOf(run, phases, evaluation, facts), seen }
}
