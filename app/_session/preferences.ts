'use server'
import { cookies } from 'next/headers'
import { isLocale, LOCALE_COOKIE } from '@/i18n/locales.ts'
import { isTheme, THEME_COOKIE } from './theme.ts'

const YEAR_SECONDS = 31_536_000
const KEPT = { path: '/', sameSite: 'lax', maxAge: YEAR_SECONDS } as const

/** Keeps the language that was chosen. Anything but a language of Vigie changes nothing. */
export async function chooseLocale(form: FormData): Promise<void> {
  const locale = String(form.get('locale'))
  if (isLocale(locale)) (await cookies()).set(LOCALE_COOKIE, locale, KEPT)
}

/** Keeps the theme that was chosen; `system` forgets the choice. */
export async function chooseTheme(form: FormData): Promise<void> {
  const theme = form.get('theme')
  if (isTheme(theme)) (await cookies()).set(THEME_COOKIE, theme, KEPT)
  else if (theme === 'system') (await cookies()).delete(THEME_COOKIE)
}
