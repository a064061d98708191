import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { Wordmark } from './_components/frame/wordmark.tsx'
import { Button } from './_components/ui/button.tsx'
import { signOut } from './_session/actions.ts'
import { people } from './_session/project.ts'
import { requireUser } from './_session/require-user.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('overview'))('noProject.title') }
}

/** On to the first project of whoever is signed in; a text for an account that belongs to none yet. */
export default async function Home() {
  const user = await requireUser()
  const { projects } = await (await people()).frame.readFrame(user.id, '')
  const first = projects[0]
  if (first) redirect(`/${first.slug}`)
  const t = await getTranslations('overview.noProject')
  const signOutLabel = (await getTranslations('frame'))('signOut')
  return (
    <main className="mx-auto flex min-h-[70dvh] max-w-xl flex-col justify-center gap-4 px-6">
      <Wordmark />
      <h1 className="text-xl font-semibold tracking-tight">{t('title')}</h1>
      <p className="text-ink-muted">{t('text', { email: user.email })}</p>
      <form action={signOut}>
        <Button type="submit">{signOutLabel}</Button>
      </form>
    </main>
  )
}
