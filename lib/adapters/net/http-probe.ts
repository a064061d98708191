import type { HttpConfig } from '../../domain/monitor/config.ts'
import { evaluateHttp, HEALTH_BODY_MAX_CHARS } from '../../domain/probe/assert-http.ts'
import type { ProbeOutcome } from '../../domain/probe/outcome.ts'
import { excerptText } from '../../domain/probe/quote.ts'
import { secretValues } from './http-request.ts'
import { type ArrivedAnswer, failTrip, startTrip, type Trip, travel } from './http-trip.ts'
import { isNetFailure } from './net-failure.ts'
import { outcomeOf, type ProbeRun } from './probe-kind.ts'

const EXCERPT_MAX_CHARS = 1_024
/** What is kept of a body that no assertion reads: an excerpt with room for secrets that must be hidden in it. */
const EXCERPT_KEPT_BYTES = 16_384

/** Follows redirects within one deadline, then compares the last answer with what the monitor expects. */
export async function probeHttp(run: ProbeRun, config: HttpConfig): Promise<ProbeOutcome> {
  const trip = startTrip(run, { ...config, keptBytes: keptBytesOf(config) })
  const arrived = await travel(trip)
  return isNetFailure(arrived) ? failTrip(trip, arrived) : judge(trip, config, arrived)
}

/** A health document is small and always kept; so is every compressed body within the limit, which must be whole to be read. */
function keptBytesOf({ expect, maxBodyBytes }: HttpConfig): number {
  const needsBody = expect.keyword !== undefined || expect.keywordAbsent !== undefined || expect.json.length > 0
  return needsBody ? maxBodyBytes : expect.healthBody ? 4 * HEALTH_BODY_MAX_CHARS : EXCERPT_KEPT_BYTES
}

function judge(trip: Trip, config: HttpConfig, { answer, text: body }: ArrivedAnswer): ProbeOutcome {
  const { run, phases, remoteAddress, certificate } = trip
  const { statusCode, headers, bytes } = answer
  const durationMs = run.deadline.elapsedMs()
  const secrets = secretValues(run.secrets)
  const facts = { statusCode, headers, body, durationMs, certificate, verifyTls: config.verifyTls, secrets }
  const evaluation = evaluateHttp(config.expect, facts, run.startedAt)
  const isPartial = answer.body.length < bytes
  const bodyExcerpt =
    evaluation.verdict === 'up' || body === null ? null : excerptText(body, secrets, EXCERPT_MAX_CHARS, isPartial)
  return outcomeOf(run, phases, evaluation, { statusCode, remoteAddress, certificate, bytes, bodyExcerpt })
}
