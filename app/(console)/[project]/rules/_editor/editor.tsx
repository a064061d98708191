import { getLocale, getTranslations } from 'next-intl/server'
import { Suspense } from 'react'
import { Button, ButtonLink } from '@/app/_components/ui/button.tsx'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { SkeletonChart } from '@/app/_components/ui/skeleton.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { refusedForm } from '@/app/_session/refused-form.ts'
import { conditionDraft } from '@/lib/commands/rule/draft-of.ts'
import { toFieldError } from '@/lib/commands/rule/field-of-issue.ts'
import { parseDraft, parseTested } from '@/lib/commands/rule/parse-draft.ts'
import type { RuleDraft } from '@/lib/commands/rule/rule-draft.ts'
import { describeRule } from '@/lib/domain/rule/describe.ts'
import { endSentence, sayFault } from '@/lib/domain/rule/fault.ts'
import type { RuleIssue } from '@/lib/domain/rule/file-form.ts'
import { writeOneLine } from '@/lib/domain/rule/one-line-write.ts'
import { checkChange, type EditorContext, readChoices } from '@/lib/queries/rule-editor.ts'
import { readIntervals } from '@/lib/queries/rule-intervals.ts'
import { type Query, readDays } from '../_request.ts'
import { save } from '../actions.ts'
import { BackTestSection } from './back-test-section.tsx'
import { EditorForm } from './editor-form.client.tsx'
import { HowFields } from './how-fields.tsx'
import { LineField } from './line-field.tsx'
import { SentenceFields } from './sentence-fields.tsx'

/** The rule as a sentence or as a line, what it would have done under it, and how it tells. */
export async function RuleEditor(props: {
  slug: string
  /** Of the rule that is changed; null for a new one. */
  ruleKey: string | null
  draft: RuleDraft
  query: Query
  context: EditorContext
  path: string
  /** Nothing was typed yet: nothing is wrong yet. */
  isFresh: boolean
}) {
  const { slug, ruleKey, query, context, path, isFresh } = props
  const { people, project, now } = await requireProject(slug)
  const t = await getTranslations('rules')
  const locale = await getLocale()
  const asked = switched(props.draft, query, context)
  const choices = await readChoices(people, context, project.id, asked)
  const draft = { ...asked, aggregate: choices.aggregate, perAggregate: choices.perAggregate }
  const parsed = parseTested(draft, context.known)
  const { errors: found, warnings } = parsed.ok
    ? checkChange(
        parsed.value,
        ruleKey,
        context,
        now,
        await readIntervals(people, project.id, parsed.value, context, now),
      )
    : { errors: [], warnings: [] }
  const whole = query.tried === '1' ? parseDraft(draft, context.known, () => '-') : parsed
  const refusals = [...(whole.ok ? [] : whole.errors), ...found.map((issue) => toFieldError(issue, draft.mode))]
  const isTaken = query.tried === '1' && ruleKey === null && context.rules.some(({ key }) => key === draft.key.trim())
  if (isTaken) refusals.push({ field: 'key', code: 'PT409', message: 'is taken' })
  const errors: Record<string, string> = isFresh ? {} : (await refusedForm('rules', refusals)).errors
  const line = parsed.ok && draft.mode === 'sentence' ? writeOneLine(parsed.value, context.known.unitOf) : null
  const channels = await people.channels.listChannels(project.id)
  const days = readDays(query)
  return (
    <EditorForm
      action={save.bind(null, slug, ruleKey)}
      path={path}
      buttons={
        <div className="flex flex-wrap gap-2">
          <SubmitButton pendingLabel={t('editor.saving')}>
            {t(ruleKey === null ? 'editor.create' : 'editor.save')}
          </SubmitButton>
          <ButtonLink href={ruleKey === null ? `/${slug}/rules` : `/${slug}/rules/${encodeURIComponent(ruleKey)}`}>
            {t('editor.cancel')}
          </ButtonLink>
        </div>
      }
    >
      <input type="hidden" name="edited" value="1" />
      <input type="hidden" name="mode" value={draft.mode} key={draft.mode} />
      <input type="hidden" name="days" value={days} key={days} />
      <section aria-labelledby="what" className="flex flex-col gap-4">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <h2 id="what" className="text-base font-semibold">
            {t('editor.what')}
          </h2>
          <div className="flex flex-wrap gap-2">
            <Button
              type="submit"
              size="small"
              variant="ghost"
              formAction={path}
              formMethod="get"
              name="to"
              value={draft.mode === 'line' ? 'sentence' : 'line'}
              formNoValidate
            >
              {t(draft.mode === 'line' ? 'editor.toSentence' : 'editor.toLine')}
            </Button>
            <Button type="submit" size="small" formAction={path} formMethod="get" name="to" value="" formNoValidate>
              {t('editor.backTest')}
            </Button>
          </div>
        </div>
        {draft.mode === 'line' ? (
          <LineField draft={draft} error={errors.line} wantsSentence={query.to === 'sentence'} />
        ) : (
          <SentenceFields
            draft={draft}
            errors={errors}
            context={context}
            choices={choices}
            slug={slug}
            ruleKey={ruleKey}
          />
        )}
        {parsed.ok && (
          <p className="max-w-[72ch] text-ink-muted" data-testid="sentence">
            {describeRule(parsed.value, locale, context.known.unitOf)}
          </p>
        )}
        {line !== null && (
          <p className="text-sm text-ink-muted">
            {t('editor.inOneLine')}{' '}
            <code className="font-mono text-xs [overflow-wrap:anywhere]" data-testid="line">
              {line}
            </code>
          </p>
        )}
        {!isFresh && warnings.length > 0 && (
          <Notice tone="warning">
            {warnings.map(({ path: at, message, fault }) => (
              <p key={`${at.join('.')} ${message}`}>
                {t(`subjects.${subjectOf(at)}`)} {endSentence(fault === undefined ? message : sayFault(fault, locale))}
              </p>
            ))}
          </Notice>
        )}
      </section>
      <section aria-labelledby="back-test" className="flex flex-col gap-3 group-data-[pending]:opacity-60">
        <h2 id="back-test" className="sr-only">
          {t('backTest.title')}
        </h2>
        {parsed.ok && found.length === 0 ? (
          <Suspense fallback={<SkeletonChart />}>
            <BackTestSection slug={slug} rule={parsed.value} context={context} days={days} path={path} query={query} />
          </Suspense>
        ) : (
          <p className="text-ink-muted">{t('backTest.waits')}</p>
        )}
      </section>
      <HowFields draft={draft} errors={errors} channels={channels} isNew={ruleKey === null} />
    </EditorForm>
  )
}

const SUBJECTS = ['inhibitedBy', 'warning', 'critical', 'monitors', 'tag', 'window'] as const

/** What a warning speaks of: a part of the rule, or all of it. */
function subjectOf(path: RuleIssue['path']): (typeof SUBJECTS)[number] | 'condition' {
  return SUBJECTS.find((subject) => subject === path[0] || subject === path.at(-1)) ?? 'condition'
}

/** How a rule is told: the same whichever way what it asks is written. */
const HOW = [
  'name',
  'key',
  'noData',
  'groupLimit',
  'severityWarning',
  'severityCritical',
  'channels',
  'throttle',
  'repeat',
  'incidentBy',
  'inhibitedBy',
  'runbook',
  'labels',
] as const satisfies readonly (keyof RuleDraft)[]

/** The other way to say the same, where that was asked for and can be done. */
function switched(draft: RuleDraft, query: Query, { known }: EditorContext): RuleDraft {
  const { to } = query
  if ((to !== 'line' && to !== 'sentence') || to === draft.mode) return draft
  const parsed = parseTested(draft, known)
  if (!parsed.ok) return to === 'line' ? { ...draft, mode: 'line' } : draft
  const both = conditionDraft(parsed.value, known.unitOf)
  if (to === 'sentence' && both.mode !== 'sentence') return draft
  const how = Object.fromEntries(HOW.map((name) => [name, draft[name]])) as Pick<RuleDraft, (typeof HOW)[number]>
  return { ...both, ...how, mode: to }
}
