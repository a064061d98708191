import { DatabaseError } from './call.ts'

interface Answer<Data> {
  data: Data
  error: { message: string; code?: string; details?: string } | null
}

/** The data of a PostgREST answer, null where nothing was found. Throws `DatabaseError` when it is an error. */
export function take<Data>({ data, error }: Answer<Data>): Data {
  if (error) throw new DatabaseError(error.message, error.code ?? '', error.details || null)
  return data
}

/** The one row of an answer that must have one. Throws when there is none. */
export function takeOne<Row>(answer: Answer<Row>): NonNullable<Row> {
  const row = take(answer)
  if (row === null || row === undefined) throw new DatabaseError('the row is not there', 'PGRST116', null)
  return row
}

/** The rows of a list: an answer without any is an empty list. */
export function takeRows<Row>(answer: Answer<Row[] | null>): Row[] {
  return take(answer) ?? []
}
