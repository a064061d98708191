import type { Locale } from '../lib/domain/time/locale.ts'
import { DEFAULT_LOCALE, isLocale } from './locales.ts'

/**
 * The language of a request: the person's own choice, else the first language of `Accept-Language` (RFC 9110 §12.5.4, by
 * falling `q`) that Vigie is written in, else English. Only the primary subtag counts: `fr-CA` is read in French.
 */
export function negotiateLocale(chosen: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(chosen)) return chosen
  return wishes(acceptLanguage ?? '').find(isLocale) ?? DEFAULT_LOCALE
}

function wishes(header: string): string[] {
  return header
    .split(',')
    .map((part, position) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const q = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('q='))
      return { language: tag.toLowerCase().split('-')[0] ?? '', q: q ? Number(q.slice(2)) : 1, position }
    })
    .filter((wish) => wish.q > 0)
    .sort((a, b) => b.q - a.q || a.position - b.position)
    .map((wish) => wish.language)
}
