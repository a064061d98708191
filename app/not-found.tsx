import { useTranslations } from 'next-intl'
import { ButtonLink } from './_components/ui/button.tsx'

export default function NotFound() {
  const t = useTranslations('errors.notFound')
  return (
    <main className="mx-auto flex min-h-[70dvh] max-w-xl flex-col justify-center gap-4 px-6">
      <h1 className="text-xl font-semibold tracking-tight">{t('title')}</h1>
      <p className="text-ink-muted">{t('text')}</p>
      <ButtonLink href="/" variant="primary" className="self-start">
        {t('home')}
      </ButtonLink>
    </main>
  )
}
