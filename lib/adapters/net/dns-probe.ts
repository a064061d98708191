import dns from 'node:dns'
import type { DnsConfig } from '../../domain/monitor/config.ts'
import type { DnsRecord } from '../../domain/probe/assert-dns.ts'
import { evaluateDns } from '../../domain/probe/assert-dns.ts'
import type { Phases, ProbeOutcome } from '../../domain/probe/outcome.ts'
import { queryRecords } from './dns-records.ts'
import { describeDnsError, lookupGuarded, unbracket } from './guarded-lookup.ts'
import { isNetFailure, type NetFailure, netFailure } from './net-failure.ts'
import { addPhase } from './open-connection.ts'
import { failedOutcome, outcomeOf, type ProbeRun } from './probe-kind.ts'

/** A lost datagram is asked for again once; c-ares doubles the wait, so that both tries fit into the time-out. */
const TRIES = 2

/** Asks one question. A resolver that the operator names must pass the address policy like any target. */
export async function probeDns(run: ProbeRun, config: DnsConfig): Promise<ProbeOutcome> {
  const phases: Phases = {}
  const resolverAddress = config.resolver === undefined ? null : addressOf(config.resolver)
  if (resolverAddress !== null) {
    const allowed = await lookupGuarded(run.network, resolverAddress)
    if (isNetFailure(allowed)) return failedOutcome(run, phases, allowed)
  }
  run.deadline.stage = 'answer'
  const records = await ask(run, config)
  const facts = { remoteAddress: resolverAddress }
  if (isNetFailure(records)) return failedOutcome(run, phases, records, facts)
  addPhase(phases, 'dns', run.deadline.elapsedMs())
  return outcomeOf(run, phases, evaluateDns(config, records, run.deadline.elapsedMs()), facts)
}

/** `1.1.1.1:53` → `1.1.1.1`, `[::1]:53` → `::1`. */
function addressOf(resolver: string): string {
  const bracketed = /^(\[[^\]]+\])/.exec(resolver)?.[1]
  return bracketed === undefined ? (resolver.split(':')[0] ?? resolver) : unbracket(bracketed)
}

function ask({ deadline }: ProbeRun, config: DnsConfig): Promise<DnsRecord[] | NetFailure> {
  return deadline.run<DnsRecord[]>((settle) => {
    const resolver = new dns.promises.Resolver({ timeout: Math.ceil(deadline.timeoutMs / 3), tries: TRIES })
    try {
      if (config.resolver !== undefined) resolver.setServers([config.resolver])
    } catch {
      return settle(netFailure('dns', `the resolver ${config.resolver} is not an IP address with an optional port`))
    }
    queryRecords(resolver, config.host, config.recordType).then(
      (records) => settle(records.length > 0 ? records : describeDnsError('ENODATA', config.host)),
      (error: unknown) => settle(describe(error, config)),
    )
    deadline.own({ destroy: () => resolver.cancel() })
  })
}

function describe(error: unknown, { host, recordType }: DnsConfig): NetFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
  if (code === 'ETIMEOUT') return netFailure('timeout', `the name server did not answer about ${host} (${code})`)
  if (code === 'ENODATA') return netFailure('dns', `${host} has no ${recordType} record (${code})`)
  return describeDnsError(code, host)
}
