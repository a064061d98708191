'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { formatValue } from '../../../lib/domain/rollup/format-value.ts'
import { formatBriefIn } from '../../../lib/domain/time/format-zoned.ts'
import type { Instant } from '../../../lib/domain/time/instant.ts'
import type { Locale } from '../../../lib/domain/time/locale.ts'
import type { AlignedLines } from './aligned-lines.ts'
import { plotOptions } from './zoom-plot.ts'

export interface ZoomChartProps {
  data: AlignedLines
  names: readonly string[]
  unit: string
  locale: Locale
  timeZone: string
  range: { fromAt: Instant; toAt: Instant }
  stepMs: number
  marks: readonly { at: Instant; name: string }[]
  /** Addresses with `{from}` and `{until}` in ms where they belong. */
  zoomHref: string
  logsHref: string
  texts: { logs: string; close: string }
  /** The same chart as the server drew it: shown until the script is there, and where there is none. */
  children: ReactNode
}

interface Pinned {
  index: number
  left: number
}

/** A chart that tells the values under the pointer, zooms into a stretch that is dragged over, and leads to the logs of a moment. */
export function ZoomChart(props: ZoomChartProps) {
  const { data, range } = props
  const host = useRef<HTMLDivElement>(null)
  const [isReady, setReady] = useState(false)
  const [theme, setTheme] = useState(0)
  const [hovered, setHovered] = useState<Pinned | null>(null)
  const [pinned, setPinned] = useState<Pinned | null>(null)
  const router = useRouter()
  useEffect(() => watchTheme(() => setTheme((count) => count + 1)), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the plot is made anew for new data and a new theme alone
  useEffect(() => {
    const element = host.current
    if (element === null) return
    let plot: uPlot | null = null
    let isGone = false
    const observer = new ResizeObserver(() => plot?.setSize({ width: element.clientWidth, height: plot.height }))
    const draw = (Plot: typeof uPlot) => {
      if (isGone) return
      const options = plotOptions(element, props, {
        onHover: setHovered,
        onPick: setPinned,
        onZoom: (from, until) => router.push(fill(props.zoomHref, from, until), { scroll: false }),
      })
      plot = new Plot(options, toPlotData(data), element)
      observer.observe(element)
      setReady(true)
    }
    // A browser that cannot draw it (uPlot needs a proper language tag, for one) keeps the chart of the server.
    import('uplot').then((module) => draw(module.default)).catch(() => undefined)
    return () => {
      isGone = true
      observer.disconnect()
      plot?.destroy()
    }
  }, [data, theme])
  const shown = pinned ?? hovered
  return (
    <div className="relative">
      {!isReady && props.children}
      <div ref={host} aria-hidden="true" className={isReady ? 'pt-2 touch-pan-y' : 'h-0 overflow-hidden'} />
      {isReady && shown !== null && (
        <Values {...props} shown={shown} isPinned={pinned !== null} onClose={() => setPinned(null)} range={range} />
      )}
    </div>
  )
}

function Values(props: ZoomChartProps & { shown: Pinned; isPinned: boolean; onClose: () => void }) {
  const { data, names, unit, locale, timeZone, shown, isPinned, stepMs, texts } = props
  const at = data.times[shown.index]
  if (at === undefined) return null
  const marks = props.marks.filter((mark) => mark.at >= at && mark.at < at + stepMs)
  const isRight = shown.left > 0.6
  return (
    <div
      className={`absolute top-3 z-10 max-w-80 rounded-md border border-line-strong bg-surface px-3 py-2 text-sm shadow-sm ${isPinned ? '' : 'pointer-events-none'}`}
      style={
        isRight ? { right: `calc(${(1 - shown.left) * 100}% + 12px)` } : { left: `calc(${shown.left * 100}% + 12px)` }
      }
    >
      <p className="font-medium whitespace-nowrap tabular-nums">
        {formatBriefIn(timeZone, at, props.range.toAt, locale)}
      </p>
      <ul className="mt-1">
        {data.values.map((values, line) => {
          const value = values[shown.index]
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are told apart by their place
            <li key={line} className="flex justify-between gap-4 tabular-nums">
              <span className="min-w-0 truncate text-ink-muted">{names[line]}</span>
              <span className="whitespace-nowrap">
                {value === null || value === undefined ? '–' : formatValue(value, unit, locale)}
              </span>
            </li>
          )
        })}
        {marks.map(({ at: markAt, name }) => (
          <li key={`${markAt} ${name}`} className="text-ink-muted">
            ▲ {name}
          </li>
        ))}
      </ul>
      {isPinned && (
        <p className="mt-1.5 flex justify-between gap-4 border-t border-line pt-1.5">
          <a
            href={fill(props.logsHref, at, at + stepMs)}
            className="underline decoration-line-strong underline-offset-4"
          >
            {texts.logs}
          </a>
          <button
            type="button"
            onClick={props.onClose}
            className="text-ink-muted underline decoration-line-strong underline-offset-4"
          >
            {texts.close}
          </button>
        </p>
      )}
    </div>
  )
}

function fill(address: string, from: Instant, until: Instant): string {
  return address.replace('{from}', String(Math.floor(from))).replace('{until}', String(Math.ceil(until)))
}

function toPlotData({ times, values }: AlignedLines): uPlot.AlignedData {
  return [times.map((at) => at / 1_000), ...values.map((line) => [...line])] as uPlot.AlignedData
}

/** Colours are read once for a canvas, so it has to be drawn anew when they change. */
function watchTheme(onChange: () => void): () => void {
  const media = window.matchMedia('(prefers-color-scheme: dark)')
  const observer = new MutationObserver(onChange)
  media.addEventListener('change', onChange)
  observer.observe(document.documentElement, { attributes: true })
  return () => {
    media.removeEventListener('change', onChange)
    observer.disconnect()
  }
}
