import { useLocale, useTranslations } from 'next-intl'
import { Notice } from '@/app/_components/ui/notice.tsx'
import type { DatabaseSnapshot, MissingPart } from '@/lib/domain/database/schema.ts'
import { formatMomentIn } from '@/lib/domain/time/format-zoned.ts'
import type { DatabaseView } from '@/lib/queries/databases.ts'
import { SqlBlock } from './sql-block.tsx'

/** Why the newest figures are not new, and what the database keeps back, with what an administrator can do about it. */
export function DatabaseNotices({ view, timeZone }: { view: DatabaseView; timeZone: string }) {
  const { source, snapshot, readAt } = view
  return (
    <>
      {source.failure !== null && source.enabled && (
        <Failure failure={source.failure} readAt={readAt} timeZone={timeZone} />
      )}
      {snapshot !== null && <Missing snapshot={snapshot} />}
    </>
  )
}

function Failure(props: {
  failure: NonNullable<DatabaseView['source']['failure']>
  readAt: number | null
  timeZone: string
}) {
  const t = useTranslations('database')
  const locale = useLocale()
  const { failure, readAt, timeZone } = props
  return (
    <Notice tone="error" title={t(`failures.${failure.code}.title`)}>
      <p>{t(`failures.${failure.code}.text`)}</p>
      {failure.message !== '' && <p className="mt-1 font-mono text-xs text-ink-muted">{failure.message}</p>}
      {readAt !== null && <p className="mt-1">{t('stale', { time: formatMomentIn(timeZone, readAt, locale) })}</p>}
    </Notice>
  )
}

function Missing({ snapshot }: { snapshot: DatabaseSnapshot }) {
  const t = useTranslations('database.missing')
  const { hasFullView, missing, machineError } = snapshot
  return (
    <>
      {!hasFullView && (
        <Notice tone="warning" title={t('view.title')}>
          {t('view.text')}
          <SqlBlock>grant pg_monitor to vigie;</SqlBlock>
        </Notice>
      )}
      {missing.map((part) => (
        <MissingPartNotice key={part.part} missing={part} />
      ))}
      {machineError !== null && (
        <Notice tone="warning" title={t('machine.title')}>
          {t('machine.text', { reason: machineError })}
        </Notice>
      )}
    </>
  )
}

const HELP = {
  no_extension: 'create schema if not exists extensions;\ncreate extension pg_stat_statements with schema extensions;',
  not_preloaded: "alter system set shared_preload_libraries = 'pg_stat_statements';",
} as const

function MissingPartNotice({ missing: { part, code } }: { missing: MissingPart }) {
  const t = useTranslations('database.missing')
  const known = part === 'statements' && code in HELP ? (code as keyof typeof HELP) : null
  return (
    <Notice tone="warning" title={t(`${known ?? part}.title`)}>
      {t(`${known ?? part}.text`, { code })}
      {known !== null && <SqlBlock>{HELP[known]}</SqlBlock>}
    </Notice>
  )
}
