import { type Instant, MINUTE } from '../domain/time/instant.ts'
import type { ChannelReader } from '../ports/channel-reader.ts'
import type { Installation, InstallationFacts, InstallationProblem, InstallationTest } from '../ports/installation.ts'
import type { SettingsReader, TaskPulse } from '../ports/settings-reader.ts'

/**
 * - `done`: configured and, where that can be seen, at work.
 * - `attention`: configured, but something is wrong with it.
 * - `missing`: Vigie cannot do its main job without it.
 * - `optional`: works without; messages of that kind stay in the outbox, or a safety net is absent.
 */
export type SetupState = 'done' | 'attention' | 'missing' | 'optional'

export const SETUP_ITEMS = [
  'database',
  'scheduler',
  'admin',
  'url',
  'encryption',
  'cronSecret',
  'channel',
  'resend',
  'twilio',
  'slack',
  'deadman',
  'sentry',
] as const
export type SetupItemName = (typeof SETUP_ITEMS)[number]

export interface SetupItem {
  name: SetupItemName
  state: SetupState
  /** Facts for the sentence; none is a secret. */
  values: Record<string, string>
  /** A moment that the sentence tells of. */
  at: Instant | null
  test: InstallationTest | null
}

export interface Setup {
  problems: InstallationProblem[]
  items: SetupItem[]
  isLocal: boolean
  platform: InstallationFacts['platform'] | null
}

/** A tick a minute: two missed ones deserve a look. */
const STALE_AFTER_MS = 3 * MINUTE

/** The check list of an installation, with what is known about each part now. */
export async function readSetup(
  deps: { installation: Installation; settings: SettingsReader; channels: ChannelReader },
  projectId: string,
  now: Instant,
): Promise<Setup> {
  const { installation, settings, channels } = deps
  const [pulses, members, configured] = await Promise.all([
    settings.listPulses(),
    settings.listMembers(projectId),
    channels.listChannels(projectId),
  ])
  const { facts, problems } = installation
  const items = [
    readScheduler(pulses, now),
    item('admin', 'done', { email: members.find(({ role }) => role === 'owner')?.email ?? '' }),
    readChannelItem(configured),
    ...(facts === null ? [] : listConfigured(facts)),
  ]
  return {
    problems,
    items: SETUP_ITEMS.flatMap((name) => items.find((candidate) => candidate.name === name) ?? []),
    isLocal: facts?.isLocal ?? false,
    platform: facts?.platform ?? null,
  }
}

function readScheduler(pulses: readonly TaskPulse[], now: Instant): SetupItem {
  const tick = pulses.find(({ task }) => task === 'tick')
  if (tick === undefined) return item('scheduler', 'missing')
  // A tick runs for most of its minute: one under way counts as life, its predecessor's success as proof.
  const lastSignAt = Math.max(tick.startedAt, tick.lastSuccessAt ?? 0)
  const isAwake = now - lastSignAt < STALE_AFTER_MS && tick.lastError === null
  return {
    ...item('scheduler', isAwake ? 'done' : 'attention', { error: tick.lastError ?? '' }),
    at: tick.lastSuccessAt ?? tick.startedAt,
  }
}

function readChannelItem(channels: readonly { name: string; enabled: boolean }[]): SetupItem {
  const enabled = channels.filter((channel) => channel.enabled)
  if (enabled.length === 0) return item('channel', 'missing')
  return item('channel', 'done', { names: enabled.map(({ name }) => name).join(', ') })
}

/** The environment was checked as a whole before this: what must be set is set. */
function listConfigured(facts: InstallationFacts): SetupItem[] {
  const isReachable = facts.isLocal || facts.url.startsWith('https://')
  return [
    item('database', 'done', { host: facts.databaseHost }, 'database'),
    item('url', isReachable ? 'done' : 'attention', { url: facts.url }, 'url'),
    item('encryption', 'done'),
    item('cronSecret', 'done'),
    facts.resendFrom === null
      ? item('resend', 'optional', {}, 'mail')
      : item('resend', 'done', { from: facts.resendFrom }, 'mail'),
    facts.twilioFrom === null ? item('twilio', 'optional') : item('twilio', 'done', { from: facts.twilioFrom }),
    item('slack', facts.hasSlackAddress ? 'done' : 'optional'),
    facts.hasDeadman ? item('deadman', 'done', {}, 'deadman') : item('deadman', 'optional'),
    item('sentry', facts.hasSentry ? 'done' : 'optional'),
  ]
}

function item(
  name: SetupItemName,
  state: SetupState,
  values: Record<string, string> = {},
  test: InstallationTest | null = null,
): SetupItem {
  return { name, state, values, at: null, test }
}
