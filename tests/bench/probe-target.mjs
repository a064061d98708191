// Target of the probe benchmarks, in a process of its own so that its CPU and memory are not counted as the prober's.
// Answers after `process.argv[2]` ms; tells its port to the parent.
import http from 'node:http'

const delayMs = Number(process.argv[2] ?? 0)
const body = '{"status":"healthy","checks":{"database":"ok"}}'

function answer(response) {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
  response.end(body)
}

const server = http.createServer((_request, response) => {
  if (delayMs === 0) answer(response)
  else setTimeout(answer, delayMs, response)
})
server.listen({ port: 0, host: '127.0.0.1', backlog: 8_192 }, () => process.send?.(server.address().port))
process.on('disconnect', () => process.exit())
