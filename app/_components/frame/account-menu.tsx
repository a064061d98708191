import { useLocale, useTranslations } from 'next-intl'
import { LANGUAGE_NAMES, LOCALES } from '../../../i18n/locales.ts'
import { signOut } from '../../_session/actions.ts'
import { chooseLocale, chooseTheme } from '../../_session/preferences.ts'
import type { Theme } from '../../_session/theme.ts'
import { Icon } from '../ui/icon.tsx'
import type { Role } from './types.ts'

const MENU_ID = 'account'
const THEMES = ['system', 'light', 'dark'] as const

const CHOICE =
  'h-7 flex-1 rounded-sm px-2 text-sm text-ink-muted hover:text-ink aria-pressed:bg-subtle aria-pressed:font-medium aria-pressed:text-ink'

/** Who is signed in, language, theme, and the way out. Plain forms in a popover: all of it works without a script. */
export function AccountMenu({ email, role, theme }: { email: string; role: Role; theme: Theme | null }) {
  const t = useTranslations('frame')
  const locale = useLocale()
  return (
    <>
      <button
        type="button"
        popoverTarget={MENU_ID}
        className="flex size-8 items-center justify-center rounded-full border border-line-strong bg-surface text-sm font-medium uppercase hover:bg-subtle"
      >
        <span aria-hidden="true">{email.slice(0, 1)}</span>
        <span className="sr-only">{t('account')}</span>
      </button>
      <div
        id={MENU_ID}
        popover="auto"
        className="inset-auto top-11 right-4 w-72 rounded-lg border border-line-strong p-3"
      >
        <div className="flex flex-col gap-4">
          <p className="min-w-0 text-sm">
            <span className="block text-ink-muted">{t('signedInAs')}</span>
            <span className="block truncate font-medium">{email}</span>
            <span className="block text-ink-muted">{t(`role.${role}`)}</span>
          </p>
          <Choice legend={t('language')} name="locale" action={chooseLocale} current={locale}>
            {LOCALES.map((value) => ({ value, label: LANGUAGE_NAMES[value], lang: value }))}
          </Choice>
          <Choice legend={t('theme')} name="theme" action={chooseTheme} current={theme ?? 'system'}>
            {THEMES.map((value) => ({ value, label: t(`themes.${value}`) }))}
          </Choice>
          <form action={signOut} className="-mx-3 -mb-3 border-t border-line p-1">
            <button type="submit" className="flex h-9 w-full items-center gap-2 rounded-md px-2 hover:bg-subtle">
              <Icon name="log-out" />
              {t('signOut')}
            </button>
          </form>
        </div>
      </div>
    </>
  )
}

function Choice(props: {
  legend: string
  name: string
  current: string
  action: (form: FormData) => Promise<void>
  children: readonly { value: string; label: string; lang?: string }[]
}) {
  return (
    <form action={props.action}>
      <fieldset>
        <legend className="mb-1 text-sm text-ink-muted">{props.legend}</legend>
        <div className="flex rounded-md border border-line-strong p-0.5">
          {props.children.map(({ value, label, lang }) => (
            <button
              key={value}
              type="submit"
              name={props.name}
              value={value}
              lang={lang}
              aria-pressed={value === props.current}
              className={CHOICE}
            >
              {label}
            </button>
          ))}
        </div>
      </fieldset>
    </form>
  )
}
