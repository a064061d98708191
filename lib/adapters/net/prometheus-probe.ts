import { setImmediate as nextTurn } from 'node:timers/promises'
import type { PrometheusConfig } from '../../domain/monitor/schema-prometheus.ts'
import { assertLatency } from '../../domain/probe/assert-latency.ts'
import { assertSamples } from '../../domain/probe/assert-samples.ts'
import type { Exposition } from '../../domain/probe/exposition.ts'
import { concludeFindings } from '../../domain/probe/finding.ts'
import type { ProbeOutcome, SeenFact } from '../../domain/probe/outcome.ts'
import { describeMs } from '../../domain/probe/quote.ts'
import type { ExpositionReading, FormatFault } from '../../ports/target-format.ts'
import { judgeFormat, judgeStatus } from './format-verdict.ts'
import { secretValues } from './http-request.ts'
import { type ArrivedAnswer, failTrip, startTrip, type Trip, travel } from './http-trip.ts'
import { isNetFailure } from './net-failure.ts'
import { outcomeOf, type ProbeRun } from './probe-kind.ts'

/** Ten times what the largest exporters in common use answer. */
const MAX_BYTES = 10_485_760
/** As Prometheus 2.42 asks (scrape/scrape.go): the newer format where there is a choice. */
const ACCEPT =
  'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1'

/**
 * Scrapes a `/metrics` address as Prometheus does: up when all of it can be read and every assertion holds. A probe whose caller takes
 * samples hands over what it read, whatever the assertions say of it.
 */
export async function probePrometheus(run: ProbeRun, config: PrometheusConfig): Promise<ProbeOutcome> {
  const trip = startTrip(run, {
    url: config.url,
    method: 'GET',
    headers: {
      accept: ACCEPT,
      'x-prometheus-scrape-timeout-seconds': String(run.deadline.timeoutMs / 1_000),
    },
    redirects: { follow: true, max: 5 },
    maxBodyBytes: MAX_BYTES,
    keptBytes: MAX_BYTES,
    verifyTls: config.verifyTls,
  })
  const arrived = await travel(trip)
  return isNetFailure(arrived) ? failTrip(trip, arrived) : judge(trip, config, arrived)
}

async function judge(trip: Trip, config: PrometheusConfig, arrived: ArrivedAnswer): Promise<ProbeOutcome> {
  const { run, phases, remoteAddress, certificate } = trip
  const { answer, text } = arrived
  const { statusCode, bytes } = answer
  const secrets = secretValues(run.secrets)
  const facts = { statusCode, remoteAddress, certificate, bytes }
  const wrongStatus = judgeStatus(statusCode)
  if (wrongStatus !== null) return outcomeOf(run, phases, wrongStatus, facts)
  const durationMs = run.deadline.elapsedMs()
  const read = await readInTurns(run, arrived)
  if (!read.ok) {
    const { evaluation, bodyExcerpt } = judgeFormat(read.fault, text, secrets)
    return outcomeOf(run, phases, evaluation, { ...facts, bodyExcerpt })
  }
  run.onExposition?.(read.exposition)
  const { findings, seen } = assertSamples(config.samples, read.exposition, secrets)
  const counts = countOf(read.exposition)
  const upMessage = `read ${counts.value} in ${describeMs(durationMs)}`
  const evaluation = concludeFindings([...findings, ...assertLatency(config.latencyMs, durationMs)], upMessage)
  return { ...outcomeOf(run, phases, evaluation, facts), seen: [counts, ...seen] }
}

async function readInTurns({ formats }: ProbeRun, { answer, text }: ArrivedAnswer): Promise<ExpositionReading> {
  const contentType = answer.headers['content-type']
  const format = formatOf(contentType)
  if (format === null) return { ok: false, fault: wrongType(contentType) }
  const steps = formats.readExposition(text ?? '', format === 'openmetrics')
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value
    await nextTurn()
  }
}

/** Prometheus 3 refuses what is called otherwise too: a page of HTML has no metrics, whatever its first line is. */
function formatOf(contentType: string | undefined): 'openmetrics' | 'text' | null {
  const mediaType = (contentType ?? '').split(';')[0]?.trim().toLowerCase()
  if (mediaType === 'application/openmetrics-text') return 'openmetrics'
  return mediaType === '' || mediaType === 'text/plain' ? 'text' : null
}

function wrongType(contentType: string | undefined): FormatFault {
  return {
    subject: 'header content-type',
    expected: 'text/plain or application/openmetrics-text',
    got: contentType ?? 'nothing',
  }
}

function countOf({ families }: Exposition): SeenFact {
  const samples = families.reduce((sum, family) => sum + family.samples.length, 0)
  return { subject: 'metrics', value: `${counted(samples, 'sample')} of ${counted(families.length, 'metric')}` }
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
