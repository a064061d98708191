import { getTranslations } from 'next-intl/server'

const PLAIN = [
  'name',
  'nameHint',
  'connection',
  'projectRef',
  'projectRefHint',
  'metricsKey',
  'metricsKeyHint',
  'metricsKeySet',
  'clearMetricsKey',
  'storageLimitGb',
  'storageLimitHint',
  'gigabytes',
  'enabled',
  'create',
  'save',
  'saving',
] as const

export type SourceFormTexts = Record<(typeof PLAIN)[number] | 'connectionHint', string>

/** Every word of the form in the reader's language: the translation library stays on the server. `address`: where it leads now. */
export async function sourceFormTexts(address: string | null): Promise<SourceFormTexts> {
  const t = await getTranslations('database.form')
  const plain = Object.fromEntries(PLAIN.map((name) => [name, t(name)])) as Record<(typeof PLAIN)[number], string>
  return { ...plain, connectionHint: address === null ? t('connectionHint') : t('connectionSet', { address }) }
}
