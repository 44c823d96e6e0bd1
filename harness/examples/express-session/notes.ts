import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import { dataOf, type ConduitClient } from './conduit-client.ts'
import { Refusal } from './refusal.ts'
import { drawerOf } from './session-drawer.ts'

const PER_PAGE = 15

const noteSchema = z.object({
  _id: z.string(),
  text: z.string(),
  pinned: z.boolean().nullish(),
  attachment: z.union([z.string(), z.object({ _id: z.string() })]).nullish(),
})
const pageSchema = z.object({ documents: z.array(noteSchema), count: z.number() })
const newSchema = z.object({ text: z.string().min(1).max(255), pinned: z.boolean().optional() })

/** GET /notes?page= and /notes/search?text=&page= → { notes, count }; POST /notes { text } → 201. */
export function notesRouter(conduit: ConduitClient): Router {
  const router = Router()
  router.get('/', async (request, response) => {
    const { text } = request.query
    const path = typeof text === 'string' && text !== '' ? { text } : {}
    response.json(await listed(conduit, { request, response }, path))
  })
  router.get('/search', async (request, response) => {
    const { text } = request.query
    if (typeof text !== 'string') throw new Refusal(400, 'text_needed')
    response.json(await listed(conduit, { request, response }, { text }))
  })
  router.post('/', async (request, response) => {
    const drawer = drawerOf(request)
    const note = newSchema.safeParse(request.body)
    if (!note.success) throw new Refusal(400, 'bad_note')
    const answer = await conduit.call(drawer.name, {
      method: 'POST',
      url: '/database/Note',
      params: { scope: drawer.scope },
      data: note.data,
    })
    response.status(201).json({ note: shown(noteSchema.parse(dataOf(answer))) })
  })
  return router
}

async function listed(
  conduit: ConduitClient,
  { request, response }: { request: Request; response: Response },
  search: { text?: string },
): Promise<unknown> {
  const { name } = drawerOf(request)
  const page = Number(request.query['page'] ?? 0)
  if (!Number.isInteger(page) || page < 0) throw new Refusal(400, 'bad_page')
  const params = { skip: page * PER_PAGE, limit: PER_PAGE, ...search }
  const url = search.text === undefined ? '/database/Note' : '/database/function/FindNotes'
  const populate = search.text === undefined ? { populate: 'attachment' } : {}
  const gone = new AbortController()
  response.once('close', () => {
    gone.abort()
  })
  const answer = await conduit.call(name, {
    method: 'GET',
    url,
    params: { ...params, ...populate },
    signal: gone.signal,
  })
  const parsed = pageSchema.safeParse(dataOf(answer))
  if (!parsed.success) throw new Refusal(502, 'backend_failed')
  return { notes: parsed.data.documents.map(shown), count: parsed.data.count }
}

const shown = ({ _id, text, pinned, attachment }: z.output<typeof noteSchema>) => ({
  id: _id,
  text,
  pinned: pinned ?? false,
  hasAttachment: attachment !== null && attachment !== undefined,
})
