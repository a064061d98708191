import { randomUUID } from 'node:crypto'
import { toRuleJson } from '../../lib/adapters/supabase/rule-rows.ts'
import { createRuleStore } from '../../lib/adapters/supabase/rule-store.ts'
import { createTelemetryStore } from '../../lib/adapters/supabase/telemetry-store.ts'
import type { RuleSpec } from '../../lib/domain/rule/rule.ts'
import type { Condition } from '../../lib/domain/series/question.ts'
import { type Instant, MINUTE } from '../../lib/domain/time/instant.ts'
import type { RuleStore } from '../../lib/ports/rule-store.ts'
import type { TelemetryStore } from '../../lib/ports/telemetry-store.ts'
import { type EvaluateRulesDeps, evaluateDueRules, type RuleCounts } from '../../lib/tasks/evaluate-rules.ts'
import type { Pipeline } from './pipeline.ts'
import type { Sql } from './postgres.ts'
import { identity } from './telemetry.ts'

/** The largest queue above 10, critical above 100, for as long as is said; one minute's samples decide. */
export function queueRule(changes: Partial<RuleSpec> & { where?: Record<string, Condition> } = {}): RuleSpec {
  const { where, ...spec } = changes
  const term = { metric: 'queue.length', aggregate: 'max' as const, ...(where === undefined ? {} : { where }) }
  return {
    key: 'queue',
    name: 'Mail queue',
    enabled: true,
    condition: {
      kind: 'threshold',
      source: { of: term },
      windowMs: MINUTE,
      operator: 'above',
      warning: { value: 10, recovery: null },
      critical: { value: 100, recovery: null },
      minCount: 0,
    },
    groupBy: [],
    groupLimit: 10,
    forMs: 0,
    keepFiringForMs: 0,
    noData: 'resolve',
    severity: { warning: 'medium', critical: 'critical' },
    notifyChannelIds: [],
    throttleMs: 0,
    repeatMs: 0,
    incidentBy: null,
    inhibitedBy: [],
    runbook: 'RB-007',
    labels: {},
    pack: null,
    ...spec,
  }
}

/** Writes a rule as a person would, and answers its id. */
export async function writeRule(sql: Sql, projectId: string, spec: RuleSpec): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    select private.write_rule(${projectId}, ${sql.json(toRuleJson(spec) as never)}, null, 'ann') as id`
  return row?.id ?? ''
}

export interface RuleBench {
  store: RuleStore
  telemetry: TelemetryStore
  deps(changes?: Partial<EvaluateRulesDeps>): EvaluateRulesDeps
  addRule(changes?: Parameters<typeof queueRule>[0], projectId?: string): Promise<string>
  /** A sample of `queue.length` now, by queue. */
  measure(values: Record<string, number>, projectId?: string, at?: Instant): Promise<void>
  /**
   * Lets minutes pass with a measurement in each, and evaluates in each at its twentieth second; null measures nothing. The value of the
   * minute that begins is seen one minute later.
   */
  live(values: readonly (number | Record<string, number> | null)[]): Promise<void>
  evaluate(changes?: Partial<EvaluateRulesDeps>): Promise<RuleCounts>
  /** Delivers what the outbox holds, and answers all that was told so far. */
  told(): Promise<string[]>
  alerts(): Promise<Record<string, unknown>[]>
}

/** Alert rules over a pipeline of its own. */
export async function ruleSupport(pipeline: Pipeline): Promise<RuleBench> {
  const { sql, stack, clock, projectId } = pipeline
  await sql`select private.ensure_telemetry_partitions(private.now())`
  const log = {
    error: (event: string, fields = {}) => void pipeline.complaints.push(`${event} ${JSON.stringify(fields)}`),
  }
  const store = clock.track(createRuleStore(stack.service as never, log))
  const telemetry = clock.track(createTelemetryStore(stack.service as never))
  const deps = (changes: Partial<EvaluateRulesDeps> = {}): EvaluateRulesDeps => ({
    rules: store,
    telemetry,
    clock,
    random: { next: () => 0.5, uuid: () => randomUUID() },
    log: { ...log, info: () => undefined, warn: log.error },
    baseUrl: 'https://vigie.test',
    ...changes,
  })
  const evaluate = (changes: Partial<EvaluateRulesDeps> = {}) => clock.runUntilSettled(evaluateDueRules(deps(changes)))
  const measure = async (values: Record<string, number>, project = projectId, at = clock.now()) => {
    await telemetry.storeBatch({
      projectId: project,
      source: 'json',
      digest: randomUUID(),
      logs: [],
      rejections: [],
      series: Object.entries(values).map(([queue, value]) => ({
        series: identity({ name: 'queue.length', unit: '{message}', attributes: { queue } }) as never,
        samples: [{ at, startAt: null, value }],
      })),
    })
  }
  return {
    store,
    telemetry,
    deps,
    evaluate,
    measure,
    addRule: (changes, project = projectId) => writeRule(sql, project, queueRule(changes)),
    async live(minutes) {
      for (const value of minutes) {
        const minute = Math.floor(clock.now() / MINUTE) * MINUTE
        const values = typeof value === 'number' ? { mail: value } : value
        if (values !== null) await measure(values, projectId, minute + 5_000)
        await clock.runTo(minute + MINUTE + 20_000)
        await evaluate()
        await evaluate()
      }
    },
    async told() {
      await pipeline.runTick()
      return pipeline.provider.told()
    },
    alerts: async () => sql`
      select level, status, group_key, reason, told_reason, incident_id is not null as has_incident, told_at is not null as told
      from public.alerts where rule_id is not null order by started_at, group_key`,
  }
}
