import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

/** The floor: node:http sending one recorded answer, the same headers, ETag and body, to everything. argv: a file with {headers, body}. */
const { headers, body } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as {
  headers: [string, string][]
  body: string
}
const flat = headers.flat()

const server = createServer((_request, response) => {
  response.writeHead(200, flat)
  response.end(body)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(
    JSON.stringify({
      url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    }),
  )
})
