import { getTranslations } from 'next-intl/server'
import { SEVERITIES } from '@/lib/domain/monitor/severity.ts'
import type { ChannelKind } from '@/lib/domain/notification/channel.ts'
import type { Destination } from '@/lib/queries/channels.ts'

const PLAIN = [
  'name',
  'nameHint',
  'addresses',
  'numbers',
  'url',
  'slackUrl',
  'slackUrlHint',
  'signingSecret',
  'signingSecretHint',
  'secretSet',
  'clearSlackUrl',
  'clearSigningSecret',
  'minSeverity',
  'minSeverityHint',
  'key',
  'keyHint',
  'keyHintNew',
  'create',
  'save',
  'saving',
] as const

export type ChannelFormTexts = Record<(typeof PLAIN)[number], string> & {
  /** Who sends it, or that it stays in the outbox. */
  whereHint: string
  severities: { value: string; label: string }[]
}

/** Every word of the form in the reader's language: the translation library stays on the server. */
export async function channelFormTexts(kind: ChannelKind, destination: Destination): Promise<ChannelFormTexts> {
  const t = await getTranslations('channels.form')
  const severity = await getTranslations('channels.severity')
  const plain = Object.fromEntries(PLAIN.map((name) => [name, t(name)])) as Record<(typeof PLAIN)[number], string>
  return {
    ...plain,
    whereHint: [`hints.${kind}`, ...(destination === 'outbox' ? [`outbox.${kind}`] : [])]
      .flatMap((key) => (t.has(key as never) ? [t(key as never)] : []))
      .join(' '),
    severities: [
      { value: '', label: severity('guideOf', { kind }) },
      ...SEVERITIES.map((value) => ({ value, label: severity(value) })),
    ],
  }
}
