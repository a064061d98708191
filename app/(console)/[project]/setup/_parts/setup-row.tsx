import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Icon } from '@/app/_components/ui/icon.tsx'
import type { IconName } from '@/app/_components/ui/icons.ts'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import type { Place } from '@/app/_session/place.ts'
import type { SetupItem, SetupState } from '@/lib/queries/setup.ts'
import { runTest } from '../actions.ts'
import { SetupTest } from './setup-test.client.tsx'

const LOOKS: Record<SetupState, { icon: IconName; tone: string }> = {
  done: { icon: 'circle-check', tone: 'text-up' },
  attention: { icon: 'triangle-alert', tone: 'text-degraded' },
  missing: { icon: 'octagon-x', tone: 'text-degraded' },
  optional: { icon: 'minus', tone: 'text-ink-faint' },
}

/** One part of the installation: whether it is there, what that means, how to get it, and a test where one can be made. */
export function SetupRow({
  item,
  place,
  mayTest,
}: {
  item: SetupItem
  place: Omit<Place, 'locale'>
  mayTest: boolean
}) {
  const t = useTranslations('setup')
  const look = LOOKS[item.state]
  const how = `items.${item.name}.how` as const
  return (
    <li className="grid gap-x-6 gap-y-2 py-4 sm:grid-cols-[minmax(0,1fr)_auto]">
      <div className="flex min-w-0 gap-3">
        <Icon name={look.icon} className={`mt-0.5 ${look.tone}`} />
        <div className="min-w-0 [overflow-wrap:anywhere]">
          <h2 className="flex flex-wrap items-baseline gap-x-2 font-medium">
            {t(`items.${item.name}.title`)}
            <span className={`text-sm ${look.tone}`}>{t(`states.${item.state}`)}</span>
          </h2>
          <p className="text-ink-muted">
            {t(`items.${item.name}.${item.state}` as never, item.values as never)}
            {item.at !== null && (
              <>
                {' '}
                <RelativeTime at={item.at} now={place.now} timeZone={place.timeZone} />.
              </>
            )}
          </p>
          {item.state !== 'done' && t.has(how) && <p className="mt-1 max-w-[80ch] text-sm text-ink-muted">{t(how)}</p>}
          {(item.name === 'channel' || item.name === 'twilio' || item.name === 'slack') && (
            <Link href={`/${place.slug}/channels`} className="mt-1 inline-block text-sm underline underline-offset-4">
              {t('channels')}
            </Link>
          )}
        </div>
      </div>
      {mayTest && item.test !== null && (
        <SetupTest
          action={runTest.bind(null, place.slug, item.test)}
          label={t(`tests.${item.test}`)}
          pendingLabel={t('tests.running')}
        />
      )}
    </li>
  )
}
