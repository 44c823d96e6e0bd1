import { defineMutant } from '../mutant.ts'

export const refreshRouteAnswersTokens = defineMutant({
  name: 'refresh-route-answers-tokens',
  defect: 'The refresh route answers the access token that it got.',
  kills: { 'REFRESH-26': 'tokens in the answers of the refresh route' },
  collateral: ['LEAK-01'],
  apply: (parts) => ({
    ...parts,
    refresh:
      ({ renewal, sessions }) =>
      async (c) => {
        const session = await sessions.require(c.req.header('cookie'))
        const { tokens } = await renewal.renew(session.key, session.entry)
        return c.json({ accessToken: tokens.accessToken })
      },
  }),
})
