import { describe, expect, it } from 'vitest'
import { ORIGIN, signedIn, testBff, testConduit } from './test-client.ts'

/** A backend whose storage answers a PUT with `status`, and a form that is sent to the BFF. */
async function upload(status: number, bytes = 'some bytes') {
  const conduit = await testConduit()
  conduit.script = ({ method, path }, response) => {
    if (path.startsWith('/storage/upload')) {
      const place = { file: { _id: 'file-1' }, url: `${conduit.url}/bytes?sig=1` }
      response.end(JSON.stringify(place))
    } else if (method === 'PUT') response.writeHead(status).end()
    else if (method === 'DELETE') response.end('{"success":true}')
    else return false
    return true
  }
  const bff = await testBff(conduit)
  const form = new FormData()
  form.set('file', new File([bytes], 'a.txt'))
  const answer = await fetch(`${bff.url}/api/files`, {
    method: 'POST',
    headers: { origin: ORIGIN, cookie: await signedIn(bff) },
    body: form,
  })
  return { answer, calls: conduit.calls }
}

describe('an upload', () => {
  it('is put to storage without credentials', async () => {
    const { answer, calls } = await upload(200)
    expect(await answer.json()).toEqual({ id: 'file-1', name: 'a.txt' })
    expect(calls.find(({ method }) => method === 'PUT')).toMatchObject({
      path: '/bytes?sig=1',
      bearer: undefined,
      body: 'some bytes',
    })
  })

  it('that storage refuses leaves no file', async () => {
    const { answer, calls } = await upload(403)
    expect(answer.status).toEqual(502)
    expect(calls.at(-1)).toMatchObject({ method: 'DELETE', path: '/storage/file/file-1' })
  })

  it('that is too long leaves no file', async () => {
    const { answer, calls } = await upload(200, 'x'.repeat(33 * 1024 * 1024))
    expect(answer.status).toEqual(413)
    expect(calls.at(-1)).toMatchObject({ method: 'DELETE', path: '/storage/file/file-1' })
  })
})
