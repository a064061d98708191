import { useLocale, useTranslations } from 'next-intl'
import { Icon } from '@/app/_components/ui/icon.tsx'
import { Section } from '@/app/_components/ui/page-header.tsx'
import type { DatabaseFinding } from '@/lib/domain/database/findings.ts'
import { findingTexts } from './finding-texts.ts'
import { Runbook } from './runbook.tsx'

/** What is beyond its limit, each with its runbook; the gravest first. */
export function Findings({ findings }: { findings: readonly DatabaseFinding[] }) {
  const t = useTranslations('database.findings')
  const runbooks = useTranslations('runbooks')
  const locale = useLocale()
  return (
    <Section title={t('title')}>
      <ul className="divide-y divide-line border-y border-line">
        {findings.map((finding) => (
          <li key={finding.kind} className="flex flex-col gap-2 py-3 sm:flex-row sm:gap-4">
            <span
              className={`inline-flex shrink-0 items-center gap-1.5 self-start text-sm font-medium sm:w-28 ${finding.level === 'warning' ? 'text-degraded' : 'text-ink-muted'}`}
            >
              <Icon name={finding.level === 'warning' ? 'triangle-alert' : 'info'} />
              {t(`level.${finding.level}`)}
            </span>
            <div className="flex min-w-0 flex-col gap-1">
              <p>{t(finding.kind, findingTexts(finding, locale))}</p>
              <Runbook kind={finding.kind} label={t('runbook', { title: runbooks(`${finding.kind}.title`) })} />
            </div>
          </li>
        ))}
      </ul>
    </Section>
  )
}
