import type { FeedbackTexts } from './feedback-texts.ts'

const RATINGS = [1, 2, 3, 4, 5] as const

/** An element with its attributes and children. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  element.append(...children)
  return element
}

/** The questions. Messages about what is wrong appear in the element of class `error`. */
export function makeForm(t: FeedbackTexts, asksSpeed: boolean): HTMLFormElement {
  return make(
    'form',
    { novalidate: '' },
    makeScale('rating', t.question, t.ratings),
    ...(asksSpeed ? [makeScale('speed', t.speedQuestion, t.speeds)] : []),
    make('label', { class: 'words' }, t.comment, make('textarea', { name: 'comment', maxlength: '1000', rows: '3' })),
    make('p', { id: 'error', class: 'error', role: 'alert' }),
    make('div', { class: 'actions' }, make('button', { type: 'submit', class: 'send' }, t.send)),
  )
}

/** A group of five radio buttons: the platform's own, so that arrow keys and screen readers work as everywhere. */
function makeScale(name: string, question: string, labels: readonly string[]): HTMLFieldSetElement {
  const choices = RATINGS.map((rating) =>
    make(
      'label',
      {},
      make('input', { type: 'radio', name, value: String(rating) }),
      make('b', {}, String(rating)),
      make('span', {}, labels[rating - 1] ?? ''),
    ),
  )
  const legend = make('legend', {}, question)
  return make('fieldset', { 'aria-describedby': 'error' }, legend, make('div', { class: 'scale' }, ...choices))
}
