import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Icon } from '@/app/_components/ui/icon.tsx'
import type { ListedDatabase } from '@/lib/ports/database-reader.ts'
import type { DatabaseRange } from '@/lib/queries/databases.ts'
import { databaseHref } from '../_request.ts'

/** Which database is shown; links, so that each view has an address. They wrap: names are as long as people make them. */
export function SourceLinks(props: {
  sources: readonly ListedDatabase[]
  current: string
  path: string
  range: DatabaseRange
}) {
  const t = useTranslations('database')
  if (props.sources.length < 2) return null
  return (
    <nav aria-label={t('sources')}>
      <ul className="flex flex-wrap gap-2">
        {props.sources.map(({ key, name, failure, enabled }) => (
          <li key={key} className="max-w-full">
            <Link
              href={databaseHref(props.path, key, props.range)}
              prefetch={false}
              aria-current={key === props.current ? 'page' : undefined}
              className="flex min-h-8 items-center gap-1.5 rounded-md border border-line-strong bg-surface px-2.5 py-1 text-sm text-ink-muted [overflow-wrap:anywhere] hover:text-ink aria-[current]:bg-subtle aria-[current]:font-medium aria-[current]:text-ink"
            >
              <Icon name={!enabled ? 'circle-pause' : failure === null ? 'database' : 'triangle-alert'} />
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
