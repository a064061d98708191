import { runVigie } from './run-vigie.ts'

void runVigie(process.argv.slice(2)).then((status) => {
  process.exitCode = status
})
