'use client'
import { useState } from 'react'
import { buttonClass } from './button-style.ts'
import { Icon } from './icon.tsx'

const SHOWN_MS = 2_000

/** Puts a text on the clipboard and says so, in its own label, for two seconds. */
export function CopyButton(props: { text: string; label: string; copiedLabel: string }) {
  const [copied, setCopied] = useState(false)
  async function copy() {
    await navigator.clipboard.writeText(props.text)
    setCopied(true)
    setTimeout(() => setCopied(false), SHOWN_MS)
  }
  return (
    <button type="button" onClick={copy} className={buttonClass('secondary', 'small')}>
      <Icon name={copied ? 'check' : 'copy'} />
      <span aria-live="polite">{copied ? props.copiedLabel : props.label}</span>
    </button>
  )
}
