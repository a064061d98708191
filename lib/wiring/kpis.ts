import { createAddressPolicy } from '../adapters/net/address-policy.ts'
import { createFigureReader } from '../adapters/net/figure-reader.ts'
import { createKpiSecretReader, createKpiStore } from '../adapters/supabase/kpi-store.ts'
import { createTelemetryStore } from '../adapters/supabase/telemetry-store.ts'
import { type RunKpisDeps, runDueKpis, runKpiNow } from '../tasks/run-kpis.ts'
import { sendDueDigests } from '../tasks/send-kpi-digests.ts'
import { wireMachine } from './machine.ts'

/** What running the queries of KPIs needs. */
function wireRuns(): RunKpisDeps & { baseUrl: string } {
  const { env, client, log, clock, secretBox } = wireMachine()
  return {
    baseUrl: env.url,
    kpis: createKpiStore(client),
    figures: createFigureReader({ allow: createAddressPolicy(env.allowTargets) }),
    telemetry: createTelemetryStore(client),
    secretBox,
    clock,
    log,
  }
}

/** The tick's share: queries first, so that a digest holds what they answered. */
export async function watchKpis(deadlineAt: number): Promise<number> {
  const deps = wireRuns()
  await runDueKpis(deps, deadlineAt)
  return sendDueDigests(deps)
}

/** What an action needs to run a query at once, and to seal what it stores. Runs are in the machine's own name. */
export function wireKpiRuns() {
  const deps = wireRuns()
  return {
    secretBox: deps.secretBox,
    secrets: createKpiSecretReader(wireMachine().client),
    figures: deps.figures,
    runNow: (kpiId: string) => runKpiNow(deps, kpiId),
  }
}

/** What the API tells of KPIs. */
export function wireBusinessMetrics() {
  return createKpiStore(wireMachine().client)
}
