import type { PostgresConfig } from '../../domain/monitor/config.ts'
import { assertLatency } from '../../domain/probe/assert-latency.ts'
import { concludeFindings } from '../../domain/probe/finding.ts'
import type { Phases, ProbeOutcome } from '../../domain/probe/outcome.ts'
import { describeMs } from '../../domain/probe/quote.ts'
import { unbracket } from './guarded-lookup.ts'
import { isNetFailure, type NetFailure, netFailure } from './net-failure.ts'
import { addPhase, openConnection } from './open-connection.ts'
import type { QueryAnswer } from './postgres-conversation.ts'
import { askPostgres, findDistrust, type PostgresSession, securePostgres } from './postgres-session.ts'
import { failedOutcome, outcomeOf, type ProbeRun } from './probe-kind.ts'

/**
 * Connects, signs in and runs the query. `ttfb` is sign-in and query together. `tls: require` encrypts without checking
 * the chain, as libpq's sslmode does; `verify` checks chain and name before the password is sent.
 */
export async function probePostgres(run: ProbeRun, config: PostgresConfig): Promise<ProbeOutcome> {
  const phases: Phases = {}
  const host = unbracket(config.host)
  const plain = await openConnection(run.network, host, config.port, run.deadline, phases)
  if (isNetFailure(plain)) return failedOutcome(run, phases, plain)
  const remoteAddress = plain.remoteAddress ?? null
  run.deadline.stage = 'answer'
  const secured = await securePostgres(run, plain, { host, tls: config.tls }, phases)
  if (isNetFailure(secured)) return failedOutcome(run, phases, secured, { remoteAddress })
  const { certificate } = secured
  const answer = await query(run, secured, config, phases)
  if (isNetFailure(answer)) return failedOutcome(run, phases, answer, { remoteAddress, certificate })
  const durationMs = run.deadline.elapsedMs()
  const rows = `${answer.rows} ${answer.rows === 1 ? 'row' : 'rows'}`
  const upMessage = `the query answered ${rows} in ${describeMs(durationMs)}`
  const evaluation = concludeFindings(assertLatency(config.latencyMs, durationMs), upMessage)
  return outcomeOf(run, phases, evaluation, { remoteAddress, certificate })
}

async function query(
  run: ProbeRun,
  session: PostgresSession,
  { host, tls, user, database, query: text }: PostgresConfig,
  phases: Phases,
): Promise<QueryAnswer | NetFailure> {
  const distrust = tls === 'verify' ? findDistrust(session, host) : null
  if (distrust !== null) return distrust
  const startedMs = performance.now()
  const login = { user, database, password: run.secrets.password ?? '' }
  const asked = await askPostgres(run.deadline, session, login, (answers) => (answers.length === 0 ? text : null))
  const answer = isNetFailure(asked) ? asked : asked.answers[0]
  if (answer === undefined) return netFailure('protocol', 'postgres: the query was not answered')
  if (!isNetFailure(answer)) addPhase(phases, 'ttfb', performance.now() - startedMs)
  return answer
}
