import type { MonitorTarget } from '../../domain/monitor/config.ts'
import type { ProbeOutcome } from '../../domain/probe/outcome.ts'
import type { Clock } from '../../ports/clock.ts'
import type { ProbeRequest, Prober } from '../../ports/prober.ts'
import type { TargetFormats } from '../../ports/target-format.ts'
import type { AddressPolicy } from './address-policy.ts'
import { Deadline } from './deadline.ts'
import { probeDns } from './dns-probe.ts'
import type { Network } from './guarded-lookup.ts'
import { probeHttp } from './http-probe.ts'
import { probePostgres } from './postgres-probe.ts'
import type { ProbedKind, ProbeKind, ProbeRun } from './probe-kind.ts'
import { probePrometheus } from './prometheus-probe.ts'
import { createHostLookup, type HostLookup } from './resolve-host.ts'
import { probeStatusPage } from './status-page-probe.ts'
import { probeTcp } from './tcp-probe.ts'
import { probeTls } from './tls-probe.ts'

/** A further kind of monitor is one file and one line here. */
const PROBES: { [K in ProbedKind]: ProbeKind<K> } = {
  http: probeHttp,
  tcp: probeTcp,
  dns: probeDns,
  tls: probeTls,
  postgres: probePostgres,
  prometheus: probePrometheus,
  status_page: probeStatusPage,
}

/**
 * The prober that goes out on the network. `allow` guards every address that it connects to; `ca` (PEM) replaces the machine's
 * authorities. `probe` rejects only when its signal aborts, and throws for a heartbeat, which nobody may ask to be probed.
 */
export function createProber(options: {
  allow: AddressPolicy
  lookup?: HostLookup | undefined
  ca?: string | undefined
  clock: Pick<Clock, 'now'>
  formats: TargetFormats
}): Prober {
  const network: Network = { policy: options.allow, lookup: options.lookup ?? createHostLookup(), ca: options.ca }
  return {
    async probe(request: ProbeRequest) {
      const deadline = new Deadline(request.timeoutMs, request.signal)
      try {
        const { secrets, onExposition } = request
        const startedAt = options.clock.now()
        return await dispatch(
          { network, secrets, deadline, startedAt, formats: options.formats, onExposition },
          request.target,
        )
      } finally {
        deadline.end()
      }
    },
  }
}

function dispatch(run: ProbeRun, target: MonitorTarget): Promise<ProbeOutcome> {
  if (target.kind === 'heartbeat') throw new Error('a heartbeat is not probed: it reports by itself')
  return probeOf(target.kind)(run, target.config)
}

/** The table's keys tie each kind to its configuration, which the compiler cannot follow through a union. */
function probeOf(kind: ProbedKind): (run: ProbeRun, config: MonitorTarget['config']) => Promise<ProbeOutcome> {
  return PROBES[kind] as (run: ProbeRun, config: MonitorTarget['config']) => Promise<ProbeOutcome>
}
