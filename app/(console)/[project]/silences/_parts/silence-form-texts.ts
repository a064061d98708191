import { getTranslations } from 'next-intl/server'

const PLAIN = [
  'matchers',
  'matchersHint',
  'startsAt',
  'minutes',
  'comment',
  'commentHint',
  'create',
  'creating',
] as const

export type SilenceFormTexts = Record<(typeof PLAIN)[number] | 'startsAtHint', string>

/** Every word of the form in the reader's language: the translation library stays on the server. */
export async function silenceFormTexts(timeZone: string): Promise<SilenceFormTexts> {
  const t = await getTranslations('silences.form')
  const plain = Object.fromEntries(PLAIN.map((name) => [name, t(name)]))
  return { ...plain, startsAtHint: t('startsAtHint', { timeZone }) } as SilenceFormTexts
}
