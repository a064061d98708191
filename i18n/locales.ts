import type { Locale } from '../lib/domain/time/locale.ts'

export const LOCALES = ['en', 'fr'] as const satisfies readonly Locale[]
export const DEFAULT_LOCALE: Locale = 'en'

/** Each language by its own name, in its own language. */
export const LANGUAGE_NAMES: Record<Locale, string> = { en: 'English', fr: 'Français' }

/** Holds the language that a person chose; without it the browser's own wishes decide. */
export const LOCALE_COOKIE = 'vigie-locale'

export function isLocale(text: string | undefined): text is Locale {
  return LOCALES.some((locale) => locale === text)
}
