import { type MonitorSecrets, monitorSecretsSchema } from '../../domain/monitor/config.ts'
import type { Monitor } from '../../domain/monitor/monitor.ts'
import { isRoleAtLeast, type Role } from '../../domain/monitor/role.ts'
import type { ProbeOutcome } from '../../domain/probe/outcome.ts'
import { type CommandResult, refuse } from '../../ports/command-result.ts'
import type { MonitorSecretReader } from '../../ports/monitor-secrets.ts'
import type { Prober } from '../../ports/prober.ts'
import type { SecretBox } from '../../ports/secret-box.ts'
import type { MonitorDraft } from './save.ts'

export interface TestNowDeps {
  prober: Prober
  secretBox: SecretBox
  secrets: MonitorSecretReader
}

/**
 * Probes a monitor as it stands, once and at once. Nothing is stored, so that trying it out neither pages nor counts. Responders.
 * The caller read `monitor` in the person's own name.
 */
export async function testMonitor(
  deps: TestNowDeps,
  role: Role,
  monitor: Monitor,
): Promise<CommandResult<ProbeOutcome>> {
  if (!isRoleAtLeast(role, 'responder')) return refuseRole('responder', role)
  return probe(deps, monitor, await storedSecrets(deps, monitor.id))
}

/**
 * Probes what a form describes before it is saved. Admins, like saving: whoever may choose the target of a stored secret may read
 * it there.
 */
export async function testDraft(
  deps: TestNowDeps,
  role: Role,
  draft: MonitorDraft,
): Promise<CommandResult<ProbeOutcome>> {
  if (!isRoleAtLeast(role, 'admin')) return refuseRole('admin', role)
  return probe(deps, draft.spec, await draftSecrets(deps, draft))
}

async function probe(
  { prober }: TestNowDeps,
  target: MonitorDraft['spec'],
  secrets: MonitorSecrets,
): Promise<CommandResult<ProbeOutcome>> {
  if (target.kind === 'heartbeat') {
    return refuse('kind', 'heartbeat', 'a heartbeat is not probed: it reports by itself')
  }
  return { ok: true, value: await prober.probe({ target, secrets, timeoutMs: target.timeoutMs }) }
}

async function draftSecrets(deps: TestNowDeps, { id, secrets }: MonitorDraft): Promise<MonitorSecrets> {
  if (secrets.op === 'set') return secrets.value
  return secrets.op === 'keep' && id !== null ? storedSecrets(deps, id) : {}
}

async function storedSecrets({ secrets, secretBox }: TestNowDeps, monitorId: string): Promise<MonitorSecrets> {
  const ciphertext = await secrets.findCiphertext(monitorId)
  return ciphertext === null ? {} : monitorSecretsSchema.parse(secretBox.open(ciphertext))
}

function refuseRole(needed: Role, role: Role): CommandResult<never> {
  return refuse(null, 'PT403', `this needs the role ${needed} in the project; you are ${role}`)
}
