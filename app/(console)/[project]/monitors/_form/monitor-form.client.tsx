'use client'
import Link from 'next/link'
import { useActionState } from 'react'
import { buttonClass } from '@/app/_components/ui/button-style.ts'
import { FormResult } from '@/app/_components/ui/notice.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { TextField } from '@/app/_components/ui/text-field.tsx'
import type { MonitorKind } from '@/lib/domain/monitor/config.ts'
import type { Locale } from '@/lib/domain/time/locale.ts'
import type { ChannelChoice } from '@/lib/ports/monitor-reader.ts'
import { OutcomePanel, type OutcomeTexts } from '../_parts/outcome-panel.tsx'
import { type FormContext, type FormTexts, textOf } from './form-context.ts'
import { FormGroup } from './form-group.tsx'
import type { FormValues } from './form-values.ts'
import { ExpectFields, TargetFields } from './kind-fields.tsx'
import { FilingFields, RhythmFields, TellingFields } from './shared-fields.tsx'
import { submitMonitor } from './submit-monitor.ts'

export interface MonitorFormProps {
  kind: MonitorKind
  projectSlug: string
  timeZone: string
  locale: Locale
  /** Key of the monitor that is changed; null for a new one. */
  editedKey: string | null
  hasSecret: boolean
  initial: FormValues
  channels: readonly ChannelChoice[]
  regions: readonly string[]
  cancelHref: string
  texts: FormTexts
  outcomeTexts: OutcomeTexts
}

/** Creates or changes a monitor. Each button is a submit, so that all of it works before any script has loaded. */
export function MonitorForm(props: MonitorFormProps) {
  const { kind, texts } = props
  const [state, action] = useActionState(submitMonitor, {
    attempt: 0,
    values: props.initial,
    errors: {},
    result: null,
    test: null,
  })
  const isNew = props.editedKey === null
  const form: FormContext = {
    values: state.values,
    errors: state.errors,
    texts,
    channels: props.channels,
    regions: props.regions,
    hasSecret: props.hasSecret,
  }
  return (
    <form action={action} noValidate>
      {/* The Enter key presses the first button of a form: it must save, not add a row. */}
      <button type="submit" name="intent" value="save" tabIndex={-1} aria-hidden="true" className="sr-only" />
      <input type="hidden" name="project" value={props.projectSlug} />
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="editedKey" value={props.editedKey ?? ''} />
      <div key={state.attempt}>
        <FormGroup title={texts.groups.what.title} text={texts.groups.what[kind]}>
          <TextField {...textOf(form, 'name')} placeholder={texts.nameExample} autoComplete="off" />
          <TargetFields form={form} kind={kind} />
        </FormGroup>
        <ExpectFields form={form} kind={kind} />
        <RhythmFields form={form} kind={kind} />
        <TellingFields form={form} />
        <FilingFields form={form} isNew={isNew} />
      </div>
      <div className="border-t border-line pt-5 lg:pl-[17.5rem]">
        <div className="flex max-w-2xl flex-col gap-4">
          <FormResult result={state.result} />
          <div className="flex flex-wrap gap-2">
            <SubmitButton name="intent" value="save" pendingLabel={texts.saving} className="max-sm:h-11">
              {isNew ? texts.create : texts.save}
            </SubmitButton>
            {kind !== 'heartbeat' && (
              <SubmitButton
                variant="secondary"
                name="intent"
                value="test"
                pendingLabel={texts.testing}
                className="max-sm:h-11"
              >
                {texts.test}
              </SubmitButton>
            )}
            <Link href={props.cancelHref} className={`${buttonClass('ghost')} max-sm:h-11`}>
              {texts.cancel}
            </Link>
          </div>
          <div role="status" className="empty:hidden">
            {state.test && (
              <OutcomePanel
                shown={state.test.shown}
                texts={props.outcomeTexts}
                locale={props.locale}
                timeZone={props.timeZone}
                note={props.outcomeTexts.notStored}
              />
            )}
          </div>
        </div>
      </div>
    </form>
  )
}
