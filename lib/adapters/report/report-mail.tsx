import { Body, Button, Container, Head, Heading, Hr, Html, Img, Preview, Section, Text } from 'react-email'
import type { ReportText } from '../../domain/report/report-text.ts'
import { DARK_SHEET, inks, styles } from './report-styles.ts'
import { FigureTable, MonitorTable } from './report-tables.tsx'
import { PLOT_WIDTH } from './svg.ts'

interface ReportMailProps {
  text: ReportText
  /** Addresses of the two pictures: `cid:` in a mail, `data:` in a page. */
  plots: { uptime: string; latency: string }
  dashboardUrl: string
}

/** One column of 600 px: the week in a sentence, its figures, two plots, what broke, and each monitor. */
export function ReportMail({ text, plots, dashboardUrl }: ReportMailProps) {
  return (
    <Html lang={text.locale}>
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{DARK_SHEET}</style>
      </Head>
      <Preview>{text.preview}</Preview>
      <Body className="page" style={styles.body}>
        <Container style={styles.container}>
          <Text className="muted" style={{ ...styles.kicker, color: inks.muted.color }}>
            {text.kicker}
          </Text>
          <Heading as="h1" className="ink" style={{ ...styles.headline, color: inks.ink.color }}>
            {text.headline}
          </Heading>
          {text.notes.map((note) => (
            <Text key={note} className="ink" style={{ ...styles.note, color: inks.ink.color }}>
              {note}
            </Text>
          ))}
          <SectionTitle>{text.figures.title}</SectionTitle>
          <FigureTable figures={text.figures} />
          <Plot plot={text.uptimePlot} src={plots.uptime} />
          <Plot plot={text.latencyPlot} src={plots.latency} />
          <SectionTitle>{text.incidents.title}</SectionTitle>
          <Incidents incidents={text.incidents} />
          {text.monitors.rows.length === 0 ? null : <SectionTitle>{text.monitors.title}</SectionTitle>}
          {text.monitors.rows.length === 0 ? null : <MonitorTable monitors={text.monitors} />}
          <Section style={styles.action}>
            <Button href={dashboardUrl} className="button" style={styles.button}>
              {text.button}
            </Button>
          </Section>
          <Hr className="line" style={styles.rule} />
          {text.footer.map((line) => (
            <Text key={line} className="muted" style={{ ...styles.footer, color: inks.muted.color }}>
              {line}
            </Text>
          ))}
        </Container>
      </Body>
    </Html>
  )
}

function SectionTitle({ children }: { children: string }) {
  return (
    <Heading as="h2" className="ink" style={{ ...styles.section, color: inks.ink.color }}>
      {children}
    </Heading>
  )
}

function Plot({ plot, src }: { plot: ReportText['uptimePlot'] | ReportText['latencyPlot']; src: string }) {
  return (
    <>
      <Text className="muted" style={{ ...styles.plotLabel, color: inks.muted.color }}>
        {plot.label}
      </Text>
      <Heading as="h2" className="ink" style={{ ...styles.finding, color: inks.ink.color }}>
        {plot.title}
      </Heading>
      <Img src={src} alt={plot.alt} width={PLOT_WIDTH} style={styles.plot} />
    </>
  )
}

function Incidents({ incidents: { rows, more, none } }: { incidents: ReportText['incidents'] }) {
  return (
    <>
      {none === null ? null : (
        <Text className="ink" style={{ ...styles.incident, color: inks.ink.color }}>
          {none}
        </Text>
      )}
      {rows.map(({ title, detail }) => (
        <Text key={title} className="ink" style={{ ...styles.incident, color: inks.ink.color }}>
          <span style={styles.strong}>{title}</span>
          <span className="muted" style={{ ...styles.small, color: inks.muted.color }}>
            {detail}
          </span>
        </Text>
      ))}
      {more === null ? null : (
        <Text className="muted" style={{ ...styles.incident, color: inks.muted.color }}>
          {more}
        </Text>
      )}
    </>
  )
}
