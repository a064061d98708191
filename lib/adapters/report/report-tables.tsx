import type { CSSProperties } from 'react'
import type { ChangeText, FigureRow, ReportText } from '../../domain/report/report-text.ts'
import { LIGHT } from './report-palette.ts'
import { inks, styles } from './report-styles.ts'

/** Sets the words of the last column apart from the right-aligned figures before it. */
const CHANGE_INDENT = '16px'
const rowLine: CSSProperties = { borderTop: `1px solid ${LIGHT.border}` }

/** The week's figures, each beside the week before with an arrow and a word. */
export function FigureTable({ figures: { columns, rows } }: { figures: ReportText['figures'] }) {
  const [figure, week, before, change] = columns
  return (
    <table style={styles.table}>
      <thead>
        <tr>
          <HeadName width="40%">{figure}</HeadName>
          <HeadCell>{week}</HeadCell>
          <HeadCell>{before}</HeadCell>
          <HeadCell align="left">{change}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.label}>
            <RowLabel label={row.label} note={row.note} />
            {row.isConnected ? <ConnectedCells row={row} /> : <UnconnectedCells>{row.value}</UnconnectedCells>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ConnectedCells({ row: { value, before, change } }: { row: FigureRow }) {
  return (
    <>
      <Cell weight={600}>{value}</Cell>
      <Cell ink="muted">{before}</Cell>
      <ChangeCell change={change} />
    </>
  )
}

function UnconnectedCells({ children }: { children: string }) {
  return (
    <>
      <Cell ink="muted">{children}</Cell>
      <td colSpan={2} className="line" style={rowLine} />
    </>
  )
}

/** The monitors with their uptime, p95, errors and change of uptime. */
export function MonitorTable({ monitors: { columns, rows, more } }: { monitors: ReportText['monitors'] }) {
  const [name, uptime, p95, errors, change] = columns
  return (
    <table style={styles.table}>
      <thead>
        <tr>
          <HeadName width="34%">{name}</HeadName>
          <HeadCell>{uptime}</HeadCell>
          <HeadCell>{p95}</HeadCell>
          <HeadCell>{errors}</HeadCell>
          <HeadCell align="left">{change}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <RowLabel label={row.name} note={row.coverage} />
            <Cell weight={600}>{row.uptime}</Cell>
            <Cell>{row.p95}</Cell>
            <Cell>{row.errors}</Cell>
            <ChangeCell change={row.change} />
          </tr>
        ))}
        {more === null ? null : (
          <tr>
            <td colSpan={5} className="muted line" style={{ ...styles.label, ...rowLine, color: LIGHT.muted }}>
              {more}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  )
}

function HeadCell({ children, align = 'right' }: { children: string; align?: 'left' | 'right' }) {
  return (
    <th
      scope="col"
      align={align}
      className="muted cell"
      style={{ ...styles.head, color: LIGHT.muted, ...(align === 'left' ? { paddingLeft: CHANGE_INDENT } : {}) }}
    >
      {children}
    </th>
  )
}

/** The first column keeps its share of the table, whatever the figures beside it need. */
function HeadName({ children, width }: { children: string; width: string }) {
  return (
    <th scope="col" align="left" className="muted name" style={{ ...styles.headName, color: LIGHT.muted, width }}>
      {children}
    </th>
  )
}

function RowLabel({ label, note }: { label: string; note: string | null }) {
  return (
    <th scope="row" align="left" className="ink line name" style={{ ...styles.label, ...rowLine, color: LIGHT.ink }}>
      {label}
      {note === null ? null : (
        <span className="muted" style={{ ...styles.small, color: LIGHT.muted }}>
          {note}
        </span>
      )}
    </th>
  )
}

interface CellProps {
  children: string
  ink?: keyof typeof inks
  weight?: 400 | 600
}

function Cell({ children, ink = 'ink', weight = 400 }: CellProps) {
  const { className, color } = inks[ink]
  return (
    <td
      align="right"
      className={`${className} line cell`}
      style={{ ...styles.cell, ...rowLine, color, whiteSpace: 'nowrap', fontWeight: weight }}
    >
      {children}
    </td>
  )
}

function ChangeCell({ change: { mark, word, tone } }: { change: ChangeText }) {
  const ink = tone === 'neutral' ? inks.muted : inks[tone]
  return (
    <td
      align="left"
      className={`${ink.className} line cell`}
      style={{ ...styles.cell, ...rowLine, color: ink.color, paddingLeft: CHANGE_INDENT }}
    >
      {mark === '' ? word : `${mark}\u00a0${word}`}
    </td>
  )
}
