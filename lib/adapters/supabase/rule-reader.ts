import type { Level } from '../../domain/rule/condition.ts'
import { isOfDeployments } from '../../domain/rule/virtual-metrics.ts'
import { fromIso, toIso } from '../../domain/time/instant.ts'
import type { MinutesQuestion, RuleGroup, RuleReader, StoredMetric } from '../../ports/rule-reader.ts'
import { call } from './call.ts'
import type { Client } from './create-client.ts'
import { type AlertRow, instantOf, type RuleListRow, toListedAlert, toListedRule } from './rule-reader-rows.ts'
import { readableRules, type StoredRuleRow } from './rule-rows.ts'
import { type StoredMetricRow, toMinutesJson, toStoredMetric } from './stored-minutes.ts'
import { takeRows } from './take.ts'

/** What one answer of the database holds at most. */
const ROWS_MAX = 999
const GROUPS_SHOWN = 200
const WORST_FIRST: readonly RuleGroup['status'][] = ['firing', 'pending', 'no_data', 'inactive']

/** Rules in the name of the client's person. */
export function createRuleReader(client: Client): RuleReader {
  return {
    async list(projectId, { key, status, pack, text, after, limit }) {
      const answer = (await call(client, 'read_rules', {
        p_project_id: projectId,
        p_query: { key, status, pack, text, limit, after_rank: after?.rank, after_key: after?.key } as never,
      })) as RuleListRow
      const { counts, packs, rules, evaluated_at } = answer
      return { counts, packs, rules: rules.map(toListedRule), evaluatedAt: instantOf(evaluated_at) }
    },

    async listGroups(ruleId) {
      const columns = 'group_values, status, level, value, reason, since_at'
      const query = client.from('rule_states').select(columns).eq('rule_id', ruleId)
      const rows = takeRows(await query.order('since_at', { ascending: false }).limit(GROUPS_SHOWN))
      return rows
        .map(({ group_values, status, level, value, reason, since_at }) => ({
          group: group_values,
          status: status as RuleGroup['status'],
          level: level as Level | null,
          value,
          reason,
          sinceAt: fromIso(since_at),
        }))
        .sort((one, other) => WORST_FIRST.indexOf(one.status) - WORST_FIRST.indexOf(other.status))
    },

    async isManagedByFile(id) {
      const rows = takeRows(await client.from('alert_rules').select('managed_by').eq('id', id))
      return rows[0]?.managed_by === 'file'
    },

    async listAll(projectId) {
      const query = client.from('alert_rules').select('*').eq('project_id', projectId)
      return readableRules(takeRows(await query.order('key').limit(ROWS_MAX)) as unknown as StoredRuleRow[])
    },

    async listAlerts(projectId, { status, subject, level, rule, below, above, limit }) {
      const rows = (await call(client, 'read_alerts', {
        p_project_id: projectId,
        p_query: {
          status,
          subject,
          level,
          rule,
          limit,
          before_at: below?.at,
          before_id: below?.id,
          after_at: above?.at,
          after_id: above?.id,
        } as never,
      })) as AlertRow[]
      return rows.map(toListedAlert)
    },

    async listMetricAges(projectId) {
      const ages = (await call(client, 'list_metric_ages', { p_project_id: projectId })) as Record<string, string>
      return new Map(Object.entries(ages).map(([name, at]) => [name, fromIso(at)]))
    },

    async listExpiries(projectId) {
      const query = client.from('monitors').select('key, monitor_states!inner(certificate_expires_at)')
      const rows = takeRows(
        await query
          .eq('project_id', projectId)
          .not('monitor_states.certificate_expires_at', 'is', null)
          .order('key')
          .limit(ROWS_MAX),
      ) as unknown as { key: string; monitor_states: { certificate_expires_at: string | null } }[]
      return new Map(
        rows.flatMap(({ key, monitor_states: { certificate_expires_at: at } }) =>
          at === null ? [] : [[key, fromIso(at)] as const],
        ),
      )
    },

    async readMinutes(projectId, questions) {
      const isDeployment = ({ metric }: MinutesQuestion) => isOfDeployments(metric)
      const others = questions.filter((question) => !isDeployment(question))
      const parts = await Promise.all([
        readStored(client, 'read_rule_minutes', projectId, others),
        readStored(client, 'read_deployment_minutes', projectId, questions.filter(isDeployment)),
      ])
      const answers = new Map(parts.flat())
      return questions.map((question) => answers.get(question) ?? null)
    },
  }
}

async function readStored(
  client: Client,
  name: 'read_rule_minutes' | 'read_deployment_minutes',
  projectId: string,
  questions: readonly MinutesQuestion[],
): Promise<[MinutesQuestion, StoredMetric][]> {
  if (questions.length === 0) return []
  const answers = (await call(client, name, {
    p_project_id: projectId,
    p_questions: questions.map((question) => ({
      ...toMinutesJson(question),
      from: toIso(question.from),
      until: toIso(question.until),
    })),
  })) as (StoredMetricRow | null)[]
  return questions.flatMap((question, index): [MinutesQuestion, StoredMetric][] => {
    const answer = answers[index] ?? null
    return answer === null ? [] : [[question, toStoredMetric(question, answer)]]
  })
}
