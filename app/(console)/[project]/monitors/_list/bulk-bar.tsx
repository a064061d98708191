import { useTranslations } from 'next-intl'
import { ActionForm } from '@/app/_components/ui/action-form.client.tsx'
import { CONTROL_CLASS } from '@/app/_components/ui/control-style.ts'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { SEVERITIES } from '@/lib/domain/monitor/severity.ts'
import { changeSelected } from '../actions.ts'
import { SelectAll } from './select-all.client.tsx'

export const BULK_FORM = 'bulk'

/** What can be done to the selected monitors. Appears with the first selection, which is style's business and needs no script. */
export function BulkBar(props: {
  projectSlug: string
  returnTo: string
  mayConfigure: boolean
  /** Monitors on this page. */
  count: number
}) {
  const list = useTranslations('monitors')
  const t = useTranslations('monitors.bulk')
  const severities = useTranslations('monitors.severity')
  const hidden = 'hidden group-has-[input[name=monitor]:checked]/list:flex'
  return (
    <ActionForm id={BULK_FORM} action={changeSelected} className="max-sm:hidden">
      {/* The Enter key presses the first button of a form. In the field for tags it must set tags, not pause. */}
      <button type="submit" name="op" value="tags" tabIndex={-1} aria-hidden="true" className="sr-only" />
      <input type="hidden" name="project" value={props.projectSlug} />
      <input type="hidden" name="returnTo" value={props.returnTo} />
      <div className="flex flex-wrap items-center gap-2">
        <SelectAll form={BULK_FORM} label={list('selectAll', { count: props.count })} />
        <fieldset className={`${hidden} flex-wrap items-center gap-2`}>
          <legend className="sr-only">{t('label')}</legend>
          <SubmitButton variant="secondary" size="small" name="op" value="pause">
            {t('pause')}
          </SubmitButton>
          <SubmitButton variant="secondary" size="small" name="op" value="resume">
            {t('resume')}
          </SubmitButton>
          {props.mayConfigure && (
            <>
              <Divider />
              <div className="w-32">
                <select
                  name="severity"
                  aria-label={t('severity')}
                  defaultValue="high"
                  className={`${CONTROL_CLASS} h-7 sm:text-sm`}
                >
                  {SEVERITIES.toReversed().map((severity) => (
                    <option key={severity} value={severity}>
                      {severities(severity)}
                    </option>
                  ))}
                </select>
              </div>
              <SubmitButton variant="secondary" size="small" name="op" value="severity">
                {t('setSeverity')}
              </SubmitButton>
              <Divider />
              <div className="w-40">
                <input
                  name="tags"
                  aria-label={t('tags')}
                  placeholder={t('tagsPlaceholder')}
                  className={`${CONTROL_CLASS} h-7 sm:text-sm`}
                />
              </div>
              <SubmitButton variant="secondary" size="small" name="op" value="tags">
                {t('setTags')}
              </SubmitButton>
              <Divider />
              <SubmitButton variant="danger" size="small" name="op" value="delete">
                {t('delete')}
              </SubmitButton>
            </>
          )}
        </fieldset>
      </div>
    </ActionForm>
  )
}

function Divider() {
  return <span aria-hidden="true" className="h-4 w-px bg-line-strong" />
}
