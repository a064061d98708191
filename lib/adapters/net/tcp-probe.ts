import type { TcpConfig } from '../../domain/monitor/config.ts'
import { assertLatency } from '../../domain/probe/assert-latency.ts'
import { concludeFindings } from '../../domain/probe/finding.ts'
import type { Phases, ProbeOutcome } from '../../domain/probe/outcome.ts'
import { describeMs } from '../../domain/probe/quote.ts'
import { unbracket } from './guarded-lookup.ts'
import { isNetFailure } from './net-failure.ts'
import { openConnection } from './open-connection.ts'
import { failedOutcome, outcomeOf, type ProbeRun } from './probe-kind.ts'

/** Up when the port accepts a connection; nothing is sent. */
export async function probeTcp(run: ProbeRun, config: TcpConfig): Promise<ProbeOutcome> {
  const phases: Phases = {}
  const socket = await openConnection(run.network, unbracket(config.host), config.port, run.deadline, phases)
  if (isNetFailure(socket)) return failedOutcome(run, phases, socket)
  const durationMs = run.deadline.elapsedMs()
  const remoteAddress = socket.remoteAddress ?? null
  const findings = assertLatency(config.latencyMs, durationMs)
  return outcomeOf(run, phases, concludeFindings(findings, `connected in ${describeMs(durationMs)}`), { remoteAddress })
}
