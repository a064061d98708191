import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { isLocale, LOCALE_COOKIE } from './locales.ts'
import { messagesOf } from './messages.ts'
import { negotiateLocale } from './negotiate-locale.ts'

/** The language stands in no path: a link that one person sends to another opens in the reader's language. */
export default getRequestConfig(async ({ locale: asked }) => {
  const locale = isLocale(asked)
    ? asked
    : negotiateLocale((await cookies()).get(LOCALE_COOKIE)?.value, (await headers()).get('accept-language'))
  // Times are always formatted in the project's zone by the domain's own functions; UTC only keeps Intl from guessing.
  return { locale, messages: messagesOf(locale), timeZone: 'UTC' }
})
