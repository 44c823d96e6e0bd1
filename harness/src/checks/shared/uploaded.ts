import type { CheckContext } from '../../context.ts'
import type { Exchange } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import { valuesOfUpload, type UploadKind } from './upload-kinds.ts'

/** An upload's answer, and what the backend keeps of it. */
export interface Uploaded {
  answer: Exchange
  /** Files that hold exactly what was sent. */
  whole: string[]
  /** Every other file that came with it, by name and size. */
  broken: string[]
}

/** Uploads a file by the declared route and looks up what became of it. */
export async function uploaded(
  ctx: CheckContext,
  session: Session,
  kind: UploadKind,
  bytes: Buffer,
): Promise<Uploaded> {
  const { control } = ctx.backend
  const before = new Set((await control.files()).map((file) => file['_id']))
  const answer = await session.call('upload', {
    values: valuesOfUpload(kind, bytes),
    // A server that refuses early may close a connection that is to be closed anyway before its answer is read.
    headers: [['Connection', 'keep-alive']],
  })
  await ctx.drain()
  const made = (await control.files()).filter((file) => !before.has(file['_id']))
  const token = (await control.tokens(session.user.id))
    .filter(({ kind, state }) => kind === 'access' && state === 'live')
    .at(-1)?.token
  const whole: string[] = []
  const broken: string[] = []
  for (const file of made) {
    const content =
      token === undefined
        ? undefined
        : await ctx.backend.fileContent(String(file['_id']), token).catch(() => undefined)
    if (content?.equals(bytes)) whole.push(String(file['name']))
    else broken.push(`${String(file['name'])} (${content?.length ?? 'unknown'} bytes)`)
  }
  return { answer, whole, broken }
}
