import { answerOf, chosenIn, randomId } from './feedback-answer.ts'
import { make, makeForm } from './feedback-elements.ts'
import { STYLES } from './feedback-styles.ts'
import { type FeedbackTexts, textsOf } from './feedback-texts.ts'

/**
 * `public/feedback.js`, for any site: a button at the edge of the page that opens a question of one to five, with room for a few words.
 * Lives in a shadow root, so that neither the page's styles nor its own reach the other; sets no cookie and stores nothing. Attributes of
 * its script element: `data-site` (the public key, required), `data-speed` (also asks how fast the page felt, and sends how long it took to
 * load), `data-locale` (`en`, `fr`; else the page's own), `data-theme` (`light`, `dark`; else the person's own), `data-page` (in place of
 * the path), `data-release`, `data-environment`. `window.vigieFeedback.open()` opens it from a link of the page's own.
 */
function start(script: HTMLScriptElement): void {
  const { dataset } = script
  const wanted = dataset.locale ?? (document.documentElement.lang || navigator.language)
  const locale = wanted.toLowerCase().startsWith('fr') ? 'fr' : 'en'
  const t = textsOf(locale)
  /** One a view of the page: whoever answers again corrects the first answer. */
  const id = randomId()
  const endpoint = new URL('/api/ingest/feedback', script.src).href
  const opener = make('button', { type: 'button', 'aria-expanded': 'false' }, t.open)
  const closer = make('button', { type: 'button', class: 'close', 'aria-label': t.close }, '×')
  const thanks = make('p', { role: 'status' })
  const title = make('h2', { id: 'title' }, t.title)
  const panel = make('section', { role: 'dialog', 'aria-labelledby': 'title', hidden: '' }, closer, title, thanks)
  let form = makeForm(t, dataset.speed !== undefined)

  function renew(): void {
    form = makeForm(t, dataset.speed !== undefined)
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      void submit(form, t, endpoint, () => answerOf(form, script, id, locale)).then((isTaken) => {
        if (!isTaken) return
        form.remove()
        thanks.textContent = t.thanks
        closer.focus()
      })
    })
    thanks.textContent = ''
    thanks.before(form)
  }
  function open(): void {
    if (!form.isConnected) renew()
    panel.hidden = false
    opener.setAttribute('aria-expanded', 'true')
    form.querySelector('input')?.focus()
  }
  function close(): void {
    panel.hidden = true
    opener.setAttribute('aria-expanded', 'false')
    opener.focus()
  }

  opener.addEventListener('click', () => (panel.hidden ? open() : close()))
  closer.addEventListener('click', close)
  panel.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    // The page's own dialog may lie beneath.
    event.stopPropagation()
    close()
  })
  document.body.append(makeHost(locale, t, dataset.theme, [panel, opener]))
  Object.assign(window, { vigieFeedback: { open, close } })
}

/** A landmark of its own, so that the page's landmarks still hold everything else of it. */
function makeHost(locale: string, t: FeedbackTexts, theme: string | undefined, children: Node[]): HTMLElement {
  const host = document.createElement('vigie-feedback')
  for (const [name, value] of [
    ['lang', locale],
    ['role', 'complementary'],
    ['aria-label', t.open],
    ['data-theme', theme ?? ''],
  ] as const)
    host.setAttribute(name, value)
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(STYLES)
  root.adoptedStyleSheets = [sheet]
  root.append(...children)
  return host
}

/** Sends what was answered, or says in the form why not. The same id is sent each time, so that a second click counts once. */
async function submit(
  form: HTMLFormElement,
  t: FeedbackTexts,
  endpoint: string,
  answer: () => string,
): Promise<boolean> {
  const error = form.querySelector('.error') as HTMLElement
  const button = form.querySelector('.send') as HTMLElement
  error.textContent = ''
  if (chosenIn(form, 'rating') === null) {
    error.textContent = t.missing
    form.querySelector('input')?.focus()
    return false
  }
  // Not `disabled`, which would drop the focus.
  button.setAttribute('aria-busy', 'true')
  const isTaken = await fetch(endpoint, { method: 'POST', body: answer(), credentials: 'omit', keepalive: true })
    .then(({ ok }) => ok)
    .catch(() => false)
  button.removeAttribute('aria-busy')
  if (!isTaken) error.textContent = t.failed
  return isTaken
}

const script = document.currentScript as HTMLScriptElement | null
if (script?.dataset.site) {
  if (document.body) start(script)
  else addEventListener('DOMContentLoaded', () => start(script))
}
