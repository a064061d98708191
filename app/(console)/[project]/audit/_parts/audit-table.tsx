import { useTranslations } from 'next-intl'
import { type Column, DataTable } from '@/app/_components/ui/data-table.tsx'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { AuditChange, AuditLine } from '@/lib/queries/audit.ts'

/** Longest value shown of a change: a body or a certificate would push everything else away. */
const VALUE_MAX_LENGTH = 120

/** Who did what to what, when, and from which value to which. */
export function AuditTable(props: { lines: readonly AuditLine[]; slug: string; now: Instant; timeZone: string }) {
  const t = useTranslations('audit')
  const columns: Column<AuditLine>[] = [
    {
      key: 'what',
      header: t('columns.what'),
      cell: (line) => (
        <div className="min-w-0 [overflow-wrap:anywhere]">
          <p>
            {t.has(`actions.${line.action}` as never) ? t(`actions.${line.action}` as never) : line.action}
            {line.subjectName !== '' && <span className="font-medium"> {line.subjectName}</span>}
          </p>
          <Changes changes={line.changes} />
        </div>
      ),
    },
    {
      key: 'who',
      header: t('columns.who'),
      phone: 'plain',
      width: '16rem',
      cell: ({ actorName }) => (
        <span className="text-ink-muted [overflow-wrap:anywhere]">{actorName === 'vigie' ? 'Vigie' : actorName}</span>
      ),
    },
    {
      key: 'at',
      header: t('columns.at'),
      align: 'right',
      phone: 'aside',
      width: '9rem',
      cell: ({ at }) => <RelativeTime at={at} now={props.now} timeZone={props.timeZone} />,
    },
  ]
  return <DataTable caption={t('title')} columns={columns} rows={props.lines} rowKey={({ id }) => String(id)} />
}

function Changes({ changes }: { changes: readonly AuditChange[] }) {
  const t = useTranslations('audit')
  if (changes.length === 0) return null
  return (
    <ul className="text-sm text-ink-muted">
      {changes.map(({ field, from, to }) => (
        <li key={field}>
          <code className="font-mono">{field}</code>{' '}
          {from === null ? (
            cut(to)
          ) : (
            <>
              <del className="decoration-ink-faint">{cut(from)}</del>
              <span className="sr-only"> {t('becomes')}</span> <span aria-hidden="true">→</span>{' '}
              <ins className="text-ink no-underline">{cut(to)}</ins>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}

function cut(value: string): string {
  return value.length > VALUE_MAX_LENGTH ? `${value.slice(0, VALUE_MAX_LENGTH - 1)}…` : value
}
