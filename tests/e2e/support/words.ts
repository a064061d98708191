import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTranslator } from 'next-intl'
import { ROOT } from './vigie.ts'

export type Words = (key: string, values?: Record<string, string | number>) => string

/** What a page says, by the key of its text: the same test then reads and presses in either language. */
export function words(locale: 'en' | 'fr'): Words {
  const folder = join(ROOT, 'messages', locale)
  const messages = Object.fromEntries(
    readdirSync(folder).map((file) => [
      file.replace(/\.json$/, ''),
      JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, string>,
    ]),
  )
  const fail = (error: Error): never => {
    throw error
  }
  const translate = createTranslator({ locale, messages, onError: fail }) as unknown as Words
  return translate
}
