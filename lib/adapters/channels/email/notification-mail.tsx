import { Fragment } from 'react'
import { Body, Button, Container, Head, Heading, Hr, Html, Link, Preview, Section, Text } from 'react-email'
import type { MessageText, TextLine } from '../../../domain/notification/text.ts'
import { styles, TONES } from './mail-styles.ts'

/** One column of 600 px: state, fact, button, figures. The button comes before the table: at night it is what one looks for. */
export function NotificationMail({ text }: { text: MessageText }) {
  const tone = TONES[text.tone]
  return (
    <Html lang={text.locale}>
      <Head>
        <meta name="color-scheme" content="light" />
        <title>{text.subject}</title>
      </Head>
      <Preview>{writePreview(text)}</Preview>
      <Body style={styles.body}>
        <Container style={styles.container}>
          <Text style={{ ...styles.tone, color: tone.color }}>{`${tone.mark} ${text.toneWord}`}</Text>
          <Heading as="h1" style={styles.headline}>
            {text.headline}
          </Heading>
          {text.notes.map((note) => (
            <Text key={note} style={styles.note}>
              {note}
            </Text>
          ))}
          {text.button === null ? null : (
            <Section style={styles.actions}>
              <Button href={text.button.url} style={styles.button}>
                {text.button.label}
              </Button>
            </Section>
          )}
          {text.lines.length === 0 ? null : <FactTable lines={text.lines} />}
          {text.results === null ? null : <Results {...text.results} />}
          <Hr style={styles.rule} />
          <Text style={styles.footer}>{text.footer}</Text>
        </Container>
      </Body>
    </Html>
  )
}

/** Beside the subject, which already says the fact, an inbox shows what was found and who was told. */
function writePreview({ notes, lines, colon }: MessageText): string {
  return [...notes, ...lines.map(({ label, value }) => `${label}${colon} ${value}`)].join(' · ').slice(0, 150)
}

function FactTable({ lines }: { lines: TextLine[] }) {
  return (
    <table style={styles.table}>
      <tbody>
        {lines.map(({ label, value, url }) => (
          <tr key={label} style={styles.row}>
            <th scope="row" align="left" style={{ ...styles.label, fontWeight: 400 }}>
              {label}
            </th>
            <td style={styles.value}>
              {url === null ? (
                value
              ) : (
                <Link href={url} style={styles.link}>
                  {value}
                </Link>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Results({ label, rows }: { label: string; rows: string[] }) {
  // Two results of one second may read the same, so the text itself is no key.
  const numbered = rows.map((row, number) => ({ row, number }))
  return (
    <Section>
      <Text style={styles.resultsLabel}>{label}</Text>
      <Text style={styles.results}>
        {numbered.map(({ row, number }) => (
          <Fragment key={number}>
            {row}
            <br />
          </Fragment>
        ))}
      </Text>
    </Section>
  )
}
