import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { dataOf } from './conduit.ts'
import { Fault } from './fault.ts'
import type { Services } from './start.ts'

const PER_PAGE = 25

const ticketSchema = z.object({
  _id: z.string(),
  subject: z.string(),
  details: z.string().nullish(),
  urgency: z.number().nullish(),
})
const pageSchema = z.object({ documents: z.array(ticketSchema), count: z.number() })
const querySchema = z.object({
  start: z.coerce.number().int().min(0).default(0),
  about: z.string().optional(),
})
const newSchema = z.object({ subject: z.string().min(1).max(200), details: z.string().optional() })

/** GET /v1/tickets?start=&about= → { data: { tickets, total } }; PUT /v1/tickets { subject, details? } → 201. */
export function ticketRoutes(app: FastifyInstance, { browser, conduit }: Services): void {
  app.get('/v1/tickets', async (request) => {
    const session = browser.require(request)
    const { start, about } = read(querySchema, request.query, 422)
    const window = { skip: start, limit: PER_PAGE, sort: '-createdAt' }
    const answer = await (about === undefined || about === ''
      ? conduit.call(session, '/database/Ticket', { query: window })
      : conduit.call(session, '/database/function/TicketsAbout', {
          query: { ...window, words: about },
        }))
    const { documents, count } = read(pageSchema, dataOf(answer), 502)
    return { data: { tickets: documents.map(shown), total: count } }
  })

  app.put('/v1/tickets', async (request, reply) => {
    const session = browser.require(request)
    const json = read(newSchema, request.body, 422)
    const answer = await conduit.call(session, '/database/Ticket', { method: 'POST', json })
    return reply.code(201).send({ data: shown(read(ticketSchema, dataOf(answer), 502)) })
  })
}

function read<T>(schema: z.ZodType<T>, value: unknown, status: 422 | 502): T {
  const result = schema.safeParse(value)
  if (!result.success) throw new Fault(status, status === 422 ? 'NOT_VALID' : 'BACKEND_FAILED')
  return result.data
}

const shown = ({ _id, subject, details, urgency }: z.output<typeof ticketSchema>) => ({
  id: _id,
  subject,
  details: details ?? null,
  urgency: urgency ?? 0,
})
