import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { KeyValueList } from '@/app/_components/ui/key-value-list.tsx'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { LogDrainFacts } from '@/lib/ports/log-drain.ts'

/** Whether anything arrives, and what it is checked with. */
export function DrainState(props: { drain: LogDrainFacts | null; slug: string; now: Instant; timeZone: string }) {
  const { drain, slug, now, timeZone } = props
  const t = useTranslations('logDrain.state')
  const age = (at: Instant) => <RelativeTime at={at} now={now} timeZone={timeZone} />
  const lastReceivedAt = drain?.lastReceivedAt ?? null
  const refusedAt = drain?.lastError ? drain.lastErrorAt : null
  return (
    <KeyValueList
      items={[
        {
          key: t('received'),
          value:
            lastReceivedAt === null ? (
              <span className="text-ink-muted">{t('never')}</span>
            ) : (
              <>
                {age(lastReceivedAt)} ·{' '}
                <Link href={`/${slug}/logs`} prefetch={false} className="underline underline-offset-4">
                  {t('seeLogs')}
                </Link>
              </>
            ),
        },
        ...(refusedAt === null ? [] : [{ key: t('refused'), value: age(refusedAt) }]),
        { key: t('signature'), value: t(drain?.hasSecret ? 'checked' : 'unchecked') },
      ]}
    />
  )
}
