import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { CopyButton } from '@/app/_components/ui/copy-button.client.tsx'
import { Section } from '@/app/_components/ui/page-header.tsx'

/** What to enter where in Vercel, in order. */
export function DrainSteps({ slug, address }: { slug: string; address: string }) {
  const t = useTranslations('logDrain.steps')
  const words = useTranslations('words')
  const code = (text: string) => (
    <span className="mt-1 flex flex-wrap items-center gap-2">
      <code className="rounded-md bg-subtle px-2 py-1 font-mono text-sm [overflow-wrap:anywhere]">{text}</code>
      <CopyButton text={text} label={words('copy')} copiedLabel={words('copied')} />
    </span>
  )
  const steps: { name: string; content: ReactNode }[] = [
    {
      name: 'key',
      content: t.rich('key', {
        keys: (chunks) => (
          <Link href={`/${slug}/settings/keys`} prefetch={false} className="underline underline-offset-4">
            {chunks}
          </Link>
        ),
      }),
    },
    { name: 'drain', content: t('drain') },
    {
      name: 'address',
      content: (
        <>
          {t('address')} {code(address)}
        </>
      ),
    },
    {
      name: 'header',
      content: (
        <>
          {t('header')} {code('Authorization: Bearer <key>')}
        </>
      ),
    },
    { name: 'verify', content: t('verify') },
    { name: 'secret', content: t('secret') },
  ]
  return (
    <Section title={t('title')} description={t('lead')}>
      <ol className="flex max-w-[72ch] list-decimal flex-col gap-3 pl-5">
        {steps.map(({ name, content }) => (
          <li key={name}>{content}</li>
        ))}
      </ol>
    </Section>
  )
}
