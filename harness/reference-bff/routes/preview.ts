import { decoderOf } from '../delivery.ts'
import { BffFailure, unavailable } from '../failure.ts'
import { textOf } from '../preview-headers.ts'
import type { BffContext, Handler, Services } from '../services.ts'
import type { Session } from '../sessions.ts'
import type { StorageAnswer } from '../storage.ts'

/** Ids of Conduit are UUIDs or ObjectIds: nothing that could be read as more than one path segment. */
const FILE_ID = /^[\w-]{1,128}$/
/** One range. For several the whole file is the answer, as RFC 9110 section 14.2 allows. */
const ONE_RANGE = /^bytes=(\d+-\d*|-\d+)$/
const CONTENT_RANGE = /^bytes \d+-\d+\/(\d+|\*)$/

type Needs = Pick<Services, 'sessions' | 'fileUrls' | 'storage' | 'previewHeaders' | 'deliver'>

/** GET /api/files/:id/preview: the bytes of a file, streamed from the storage host. */
export function createPreviewHandler(services: Needs): Handler {
  return async (c) => {
    const id = c.req.param('id') ?? ''
    if (!FILE_ID.test(id)) throw new BffFailure(404, 'not_found')
    const session = await services.sessions.require(c.req.header('cookie'))
    const signal = goneSignal(c)
    const answer = await bytesOf(services, session, {
      id,
      range: ONE_RANGE.exec(c.req.header('range') ?? '')?.[0],
      ifRange: c.req.header('if-range'),
      signal,
    })
    const decode = decoderOf(answer)
    const headers = services.previewHeaders(answer, decode !== undefined)
    return services.deliver(c, answer, { headers, decode })
  }
}

/** Fires when the browser goes away before it has everything. */
function goneSignal({ env }: BffContext): AbortSignal {
  const controller = new AbortController()
  const { outgoing } = env
  const leave = () => {
    if (!outgoing.writableFinished) controller.abort()
  }
  if (outgoing.destroyed) leave()
  outgoing.once('close', leave)
  return controller.signal
}

interface Wanted {
  id: string
  range: string | undefined
  ifRange: string | undefined
  signal: AbortSignal
}

/** 200 or 206 that is what it says; every other answer of the storage host becomes a failure of the BFF's own. */
async function bytesOf(services: Needs, session: Session, wanted: Wanted): Promise<StorageAnswer> {
  const fetchOnce = async (range: string | undefined) => {
    const url = await services.fileUrls.resolve(session, wanted.id, wanted.signal)
    return services.storage.open(url, { ...wanted, range })
  }
  let answer = await fetchOnce(wanted.range)
  // Only a URL that ran out between the two calls is worth a second try, or a part of something compressed.
  if (answer.status === 403 || (answer.status === 206 && decoderOf(answer) !== undefined)) {
    const range = answer.status === 403 ? wanted.range : undefined
    answer.body.destroy()
    answer = await fetchOnce(range)
  }
  if (answer.status === 200 || isHonestPart(answer, wanted.range)) return answer
  answer.body.destroy()
  if (answer.status === 404) throw new BffFailure(404, 'not_found')
  if (answer.status === 416 && wanted.range !== undefined)
    throw new BffFailure(416, 'range_not_satisfiable', {
      contentRange: textOf(answer.headers, 'content-range'),
    })
  throw unavailable(502, 'storage_failed')
}

const isHonestPart = ({ status, headers }: StorageAnswer, range: string | undefined) =>
  status === 206 &&
  range !== undefined &&
  CONTENT_RANGE.test(textOf(headers, 'content-range') ?? '')
