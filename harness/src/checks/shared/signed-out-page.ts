import type { CheckContext } from '../../context.ts'
import type { Activity } from './page-time.ts'

/** An address that a tab is sent to more often is gone round in a circle. */
const SAME_ADDRESS = 3

/** A page neither asks without end nor sends the browser round in circles. */
export function expectCalm(
  ctx: CheckContext,
  about: string,
  { requests, navigations }: Activity,
  { ms, atMost }: { ms: number; atMost: number },
): void {
  ctx.require(`requests in ${ms / 1000} s of ${about}`, requests.length <= atMost, {
    expected: `at most ${atMost}`,
    got: `${requests.length > atMost ? 'more' : requests.length}: ${[...new Set(requests)].join(', ')}`,
  })
  const repeated = navigations.filter(
    (url) => navigations.filter((each) => each === url).length > SAME_ADDRESS,
  )
  ctx.expect(`addresses that ${about} goes to again and again`, [], [...new Set(repeated)])
}

/** What was opened without a session is a page without anything private, and not a failure. */
export function expectSignedOutPage(
  ctx: CheckContext,
  about: string,
  { status = 0, navigations }: Activity,
  shown: readonly string[],
): void {
  ctx.require(`where ${about} ends`, status > 0 && status < 500, {
    expected: 'the login or a page for who is signed out',
    got: `${status === 0 ? 'no page' : status} at ${navigations.at(-1) ?? 'no address'}`,
  })
  ctx.expect(`the user's documents on ${about}`, [], shown)
}
