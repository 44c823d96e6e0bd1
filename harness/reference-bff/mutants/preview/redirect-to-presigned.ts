import { defineMutant } from '../mutant.ts'

export const redirectToPresigned = defineMutant({
  name: 'redirect-to-presigned',
  defect: 'The preview redirects the browser to the presigned URL.',
  kills: { 'PREVIEW-03': 'headers that point to the storage host' },
  collateral: ['PREVIEW-01', 'PREVIEW-02', 'PREVIEW-04', 'PREVIEW-15', 'PREVIEW-16'],
  apply: (parts) => ({
    ...parts,
    preview:
      ({ sessions, fileUrls }) =>
      async (c) => {
        const session = await sessions.require(c.req.header('cookie'))
        const { signal } = c.req.raw
        return c.redirect(await fileUrls.resolve(session, c.req.param('id') ?? '', signal))
      },
  }),
})
