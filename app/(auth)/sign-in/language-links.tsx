import { useLocale } from 'next-intl'
import { chooseLocale } from '@/app/_session/preferences.ts'
import { LANGUAGE_NAMES, LOCALES } from '@/i18n/locales.ts'

/** The same page in another language, before anyone has signed in. */
export function LanguageLinks() {
  const current = useLocale()
  return (
    <form action={chooseLocale} className="flex gap-4 text-sm">
      {LOCALES.map((locale) => (
        <button
          key={locale}
          type="submit"
          name="locale"
          value={locale}
          lang={locale}
          aria-pressed={locale === current}
          className="rounded-sm text-ink-muted hover:text-ink aria-pressed:font-medium aria-pressed:text-ink"
        >
          {LANGUAGE_NAMES[locale]}
        </button>
      ))}
    </form>
  )
}
