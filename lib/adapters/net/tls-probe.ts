import type { TlsConfig } from '../../domain/monitor/config.ts'
import { assertCertificate, daysLeft } from '../../domain/probe/certificate.ts'
import { concludeFindings } from '../../domain/probe/finding.ts'
import type { Phases, ProbeOutcome } from '../../domain/probe/outcome.ts'
import { unbracket } from './guarded-lookup.ts'
import { isNetFailure } from './net-failure.ts'
import { openConnection } from './open-connection.ts'
import { failedOutcome, outcomeOf, type ProbeRun } from './probe-kind.ts'
import { startTls } from './start-tls.ts'

/** Shakes hands and judges chain, name, not-yet-valid and expiry. Node asks neither OCSP nor CRLs: a revoked one passes. */
export async function probeTls(run: ProbeRun, config: TlsConfig): Promise<ProbeOutcome> {
  const { network, deadline, startedAt } = run
  const phases: Phases = {}
  const host = unbracket(config.host)
  const socket = await openConnection(network, host, config.port, deadline, phases)
  if (isNetFailure(socket)) return failedOutcome(run, phases, socket)
  const remoteAddress = socket.remoteAddress ?? null
  // No ALPN: behind the port may be something else than HTTP.
  const session = await startTls(socket, { host, alpn: [], ca: network.ca }, deadline, phases)
  if (isNetFailure(session)) return failedOutcome(run, phases, session, { remoteAddress })
  const { certificate } = session
  const findings = assertCertificate(certificate, { certificateDays: config.certificateDays, verify: true }, startedAt)
  const upMessage = `the certificate is trusted and valid for ${daysLeft(certificate, startedAt)} more days`
  return outcomeOf(run, phases, concludeFindings(findings, upMessage), { remoteAddress, certificate })
}
