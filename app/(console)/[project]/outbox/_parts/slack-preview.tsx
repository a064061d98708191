import { useTranslations } from 'next-intl'
import { buttonClass } from '@/app/_components/ui/button-style.ts'
import type { OutboxMessage } from '@/lib/ports/channel-reader.ts'
import { SlackMarkup } from './slack-markup.tsx'

interface TextObject {
  type: string
  text: string
}

/** The part of Block Kit that Vigie writes. */
interface Block {
  type: string
  block_id?: string
  text?: TextObject
  fields?: TextObject[]
  elements?: { type: string; text?: TextObject | string; url?: string; style?: string }[]
}

/** The message about as Slack draws it, and the blocks themselves. */
export function SlackPreview({ message }: { message: OutboxMessage }) {
  const t = useTranslations('outbox.slack')
  const blocks = Array.isArray(message.blocks) ? (message.blocks as Block[]) : []
  return (
    <div className="flex flex-col gap-4">
      <div className="flex max-w-2xl gap-3 rounded-lg border border-line-strong bg-surface px-4 py-3">
        <span
          aria-hidden="true"
          className="grid size-9 shrink-0 place-items-center rounded-md bg-ink font-semibold text-on-ink"
        >
          V
        </span>
        <div className="flex min-w-0 flex-1 flex-col gap-2">
          <p>
            <span className="font-semibold">Vigie</span>{' '}
            <span className="rounded-sm border border-line px-1 text-2xs text-ink-muted">{t('app')}</span>
          </p>
          {blocks.map((block, index) => (
            <BlockView key={block.block_id ?? `${block.type} ${index}`} block={block} />
          ))}
        </div>
      </div>
      <details>
        <summary className="inline-flex items-center rounded-sm text-ink-muted underline decoration-line-strong underline-offset-4 hover:text-ink">
          {t('json')}
        </summary>
        <pre className="mt-2 border-y border-line py-3 font-mono text-sm whitespace-pre-wrap [overflow-wrap:anywhere]">
          {JSON.stringify({ text: message.text, blocks: message.blocks }, null, 2)}
        </pre>
      </details>
    </div>
  )
}

function BlockView({ block }: { block: Block }) {
  switch (block.type) {
    case 'header':
      return <p className="text-lg font-semibold [overflow-wrap:anywhere]">{block.text?.text}</p>
    case 'section':
      return (
        <>
          {block.text && <SlackMarkup text={block.text.text} />}
          {block.fields && (
            <div className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
              {block.fields.map((field) => (
                <SlackMarkup key={field.text} text={field.text} />
              ))}
            </div>
          )}
        </>
      )
    case 'actions':
      return <Actions elements={block.elements ?? []} />
    case 'context':
      return (
        <div className="text-sm text-ink-muted">
          {block.elements?.map(({ text }) =>
            typeof text === 'string' ? <SlackMarkup key={text} text={text} /> : null,
          )}
        </div>
      )
    default:
      return null
  }
}

function Actions({ elements }: { elements: NonNullable<Block['elements']> }) {
  return (
    <div className="flex flex-wrap gap-2">
      {elements.map(({ text, url, style }) =>
        url !== undefined && /^https?:\/\//.test(url) && typeof text === 'object' ? (
          <a key={url} href={url} className={buttonClass(style === 'primary' ? 'primary' : 'secondary')}>
            {text.text}
          </a>
        ) : null,
      )}
    </div>
  )
}
