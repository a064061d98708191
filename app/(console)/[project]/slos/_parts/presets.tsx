import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Section } from '@/app/_components/ui/page-header.tsx'
import { SLO_PRESETS } from '@/lib/domain/slo/presets.ts'

/** The promises of the guides, each of which fills in the form. */
export function Presets({ path }: { path: string }) {
  const t = useTranslations('slos.presets')
  return (
    <Section title={t('title')} description={t('lead')}>
      <ul className="flex flex-col">
        {SLO_PRESETS.map((preset) => (
          <li key={preset}>
            <Link
              href={`${path}/new?preset=${preset}`}
              prefetch={false}
              className="inline-flex min-h-8 items-center underline decoration-line-strong underline-offset-4 hover:decoration-ink"
            >
              {t(`names.${preset}`)}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}
