import { createRuleStore } from '../adapters/supabase/rule-store.ts'
import { createTelemetryStore } from '../adapters/supabase/telemetry-store.ts'
import { evaluateDueRules, type RuleCounts } from '../tasks/evaluate-rules.ts'
import { wireMachine } from './machine.ts'

/** The tick's share of alert rules. */
export async function evaluateRules(): Promise<RuleCounts> {
  const { env, client, clock, random, log } = wireMachine()
  return evaluateDueRules({
    rules: createRuleStore(client, log),
    telemetry: createTelemetryStore(client),
    clock,
    random,
    log,
    baseUrl: env.url,
  })
}
