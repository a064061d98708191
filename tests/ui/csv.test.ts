import { expect, test } from 'vitest'
import { csvResponse, csvStream } from '../../app/_session/csv.ts'

test.each([
  ['plain', 'plain'],
  ['a, b', '"a, b"'],
  ['she said "no"', '"she said ""no"""'],
  ['two\nlines', '"two\nlines"'],
  ['-12.5', '-12.5'],
  ['=HYPERLINK("http://evil.example")', `"'=HYPERLINK(""http://evil.example"")"`],
  ['+1', "'+1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['-cmd', "'-cmd"],
  ['', ''],
])('the cell %j is written %j', async (cell, written) => {
  expect(await csvResponse('x', [[cell]]).text()).toBe(`${written}\r\n`)
})

test('what is sent in pieces reads as what is sent at once', async () => {
  async function* pieces() {
    yield [['1', 'a,b']]
    yield [
      ['2', '=c'],
      ['3', ''],
    ]
  }
  const rows = [
    ['n', 'text'],
    ['1', 'a,b'],
    ['2', '=c'],
    ['3', ''],
  ]
  const streamed = csvStream('shop answers', ['n', 'text'], pieces())
  expect(streamed.headers.get('content-disposition')).toBe('attachment; filename="shop_answers.csv"')
  expect(await streamed.text()).toBe(await csvResponse('shop answers', rows).text())
})
