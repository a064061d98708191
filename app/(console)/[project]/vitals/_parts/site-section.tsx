import { useTranslations } from 'next-intl'
import { ConfirmButton } from '@/app/_components/ui/confirm-button.client.tsx'
import { Section } from '@/app/_components/ui/page-header.tsx'
import type { SiteSettings } from '@/lib/ports/vital-reader.ts'
import { rotateKey } from '../actions.ts'
import { OriginsForm } from './origins-form.client.tsx'
import { Snippet } from './snippet.tsx'

/** The key that pages carry: what to paste, who may send, and how to replace it. */
export function SiteSection(props: {
  slug: string
  url: string
  site: SiteSettings
  isAdmin: boolean
  hasData: boolean
}) {
  const t = useTranslations('vitals.site')
  const { slug, site } = props
  return (
    <Section title={t('title')} description={t('lead')}>
      {props.hasData && <Snippet url={props.url} publicKey={site.publicKey} />}
      {props.isAdmin ? (
        <>
          <OriginsForm
            slug={slug}
            origins={site.allowedOrigins.join('\n')}
            texts={{ label: t('origins'), hint: t('originsHint'), save: t('save'), saving: t('saving') }}
          />
          <div>
            <ConfirmButton
              label={t('rotate')}
              title={t('rotateTitle')}
              lost={t('rotateLost')}
              confirmLabel={t('rotateConfirm')}
              cancelLabel={t('rotateCancel')}
              action={rotateKey.bind(null, slug)}
              size="small"
            />
          </div>
        </>
      ) : (
        <p className="text-sm text-ink-muted">
          {site.allowedOrigins.length > 0 ? t('allowed', { origins: site.allowedOrigins.join(', ') }) : t('anyOrigin')}{' '}
          {t('forbidden')}
        </p>
      )}
    </Section>
  )
}
