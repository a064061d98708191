import { getTranslations } from 'next-intl/server'
import type { MadeTexts } from './made-notice.tsx'

export async function madeTexts(): Promise<MadeTexts> {
  const t = await getTranslations('integrations.made')
  const words = await getTranslations('words')
  return {
    made: t('title'),
    address: t('address'),
    secret: t('secret'),
    once: t('once'),
    steps: t('steps'),
    copy: words('copy'),
    copied: words('copied'),
  }
}
