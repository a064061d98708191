import type { InstalledRule } from '../../domain/pack/installed.ts'
import type { AlertRule, RuleSpec } from '../../domain/rule/rule.ts'
import { DEPLOYMENT_METRICS } from '../../domain/rule/virtual-metrics.ts'
import type { PackStore } from '../../ports/pack-store.ts'
import { createChannelReader } from './channel-reader.ts'
import { command } from './command.ts'
import type { Client } from './create-client.ts'
import { createDeploymentReader } from './deployment-reader.ts'
import { type RuleRow, readableRules, readOrEmpty, type StoredRuleRow, toRuleJson } from './rule-rows.ts'
import { createSettingsReader } from './settings-reader.ts'
import { takeRows } from './take.ts'
import { createTelemetryReader } from './telemetry-reader.ts'

/** Rules of packs in the name of the client's person. */
export function createPackStore(client: Client): PackStore {
  const telemetry = createTelemetryReader(client)
  const settings = createSettingsReader(client)
  const channels = createChannelReader(client)
  const deployments = createDeploymentReader(client)
  return {
    async load({ id, locale }, keys) {
      const [rows, metrics, tokenBudget, listed, hasDeployments] = await Promise.all([
        client
          .from('alert_rules')
          .select('*')
          .eq('project_id', id)
          .or(`pack.not.is.null,key.in.(${keys.join(',')})`)
          .order('key'),
        telemetry.listMetrics(id),
        settings.readTokenBudget(id),
        channels.listChannels(id),
        deployments.hasAny(id),
      ])
      const installed = takeRows(rows).flatMap((row) => toInstalled(row as unknown as StoredRow))
      const names = new Set([...metrics.map(({ name }) => name), ...(hasDeployments ? DEPLOYMENT_METRICS : [])])
      return { installed, context: { locale, metrics: names, tokenBudget, channels: listed } }
    },

    apply: (projectId, { rules, removedKeys }) =>
      command(client, 'apply_pack', {
        p_project_id: projectId,
        p_rules: rules.map(({ spec, original }) => ({
          ...toRuleJson(spec),
          pack_original: toRuleJson(original),
        })) as never,
        p_removed_keys: [...removedKeys],
      }),
  }
}

type StoredRow = StoredRuleRow & { pack_original: RuleRow | null }

/** A row of a pack that cannot be read counts as not installed: installing it mends it. One of somebody's own keeps its key. */
function toInstalled(row: StoredRow): InstalledRule[] {
  const { id, project_id, pack_original } = row
  const original = pack_original === null ? [] : readableRules([{ ...pack_original, id, project_id }])
  const rules = row.pack === null ? [readOrEmpty(row)] : readableRules([row])
  return rules.map((rule) => ({ spec: toSpec(rule), original: original.map(toSpec)[0] ?? null }))
}

function toSpec({ id: _, projectId: __, ...spec }: AlertRule): RuleSpec {
  return spec
}
