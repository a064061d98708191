import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { Wordmark } from '@/app/_components/frame/wordmark.tsx'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { findUser } from '@/app/_session/require-user.ts'
import { safeNextPath } from '@/app/_session/safe-next.ts'
import { LanguageLinks } from './language-links.tsx'
import { SignInForm } from './sign-in-form.client.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('title') }
}

export default async function SignInPage(props: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const query = await props.searchParams
  const next = safeNextPath(query.next)
  // An auth service that is away must not hide the form: what is sent then says so in words.
  if (await findUser().catch(() => null)) redirect(next)
  const t = await getTranslations('auth')
  return (
    <div className="grid min-h-dvh place-items-center px-4 py-10">
      <main className="flex w-full max-w-sm flex-col gap-6">
        <header className="flex flex-col gap-4">
          <Wordmark />
          <div>
            <h1 className="text-xl font-semibold tracking-tight">{t('title')}</h1>
            <p className="mt-1 text-ink-muted">{t('lead')}</p>
          </div>
        </header>
        {query.error === 'link' && <Notice tone="warning">{t('errors.link')}</Notice>}
        {query['signed-out'] && <Notice tone="info">{t('signedOut')}</Notice>}
        <SignInForm next={next} texts={await signInTexts()} />
        <LanguageLinks />
      </main>
    </div>
  )
}

async function signInTexts() {
  const t = await getTranslations('auth')
  return {
    email: t('email'),
    password: t('password'),
    signIn: t('signIn'),
    signingIn: t('signingIn'),
    or: t('or'),
    sendLink: t('sendLink'),
    sending: t('sending'),
    linkHint: t('linkHint'),
    linkSent: t.raw('linkSent') as string,
    errors: {
      emailInvalid: t('errors.emailInvalid'),
      passwordMissing: t('errors.passwordMissing'),
      credentials: t('errors.credentials'),
      unconfirmed: t('errors.unconfirmed'),
      rateLimited: t.raw('errors.rateLimited') as string,
      unreachable: t('errors.unreachable'),
    },
  }
}
