/** The id under which charts find the hatching of unknown: `fill="url(#vigie-hatch)"`. */
export const HATCH_ID = 'vigie-hatch'

/** Patterns that all charts of a page share. Stands once in the root layout, so that no id occurs twice. */
export function ChartPatterns() {
  return (
    <svg aria-hidden="true" width="0" height="0" className="absolute">
      <defs>
        <pattern id={HATCH_ID} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="4" height="4" fill="var(--unknown-subtle)" />
          <rect width="1.4" height="4" fill="var(--unknown-strip)" />
        </pattern>
      </defs>
    </svg>
  )
}
