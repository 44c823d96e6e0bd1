import type { Parts } from '../services.ts'
import { changedAnswer } from './change-answer.ts'

/** The parts with a logout that leaves the browser's cache and storage to themselves, so that what is kept there can be seen afterwards. */
export const withoutClearSiteData = (parts: Parts): Parts =>
  changedAnswer(parts, 'logout', (answer) => {
    answer.headers.delete('clear-site-data')
    return answer
  })
