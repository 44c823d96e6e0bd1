/** One quantity at one moment. */
export interface Measure {
  what: string
  value: number
  /** Growth that says nothing, beside the tenth that is always borne. */
  slack: number
}

/** Several quantities at one moment, the same ones each time. */
export type Sample = readonly Measure[]

/** A quantity over time: the medians of the middle and of the last third of its samples. */
export interface Figure {
  what: string
  middle: number
  last: number
  slack: number
}

const MOST = 1.1

/** What the samples say of each quantity; the first third is the warming up. */
export function figuresOf(samples: readonly Sample[]): Figure[] {
  const third = Math.floor(samples.length / 3)
  return (samples[0] ?? []).map(({ what, slack }) => {
    const values = samples.map((each) => each.find((measure) => measure.what === what)?.value ?? 0)
    return {
      what,
      slack,
      middle: median(values.slice(third, values.length - third)),
      last: median(values.slice(values.length - third)),
    }
  })
}

/** Those that are a tenth, and more than what says nothing, above what they were. */
export const grown = (samples: readonly Sample[]): Figure[] =>
  figuresOf(samples).filter(
    ({ middle, last, slack }) => last > middle * MOST && last > middle + slack,
  )

/** `MiB of i1: 120, then 180` */
export const shownFigure = ({ what, middle, last }: Figure): string =>
  `${what}: ${middle}, then ${last}`

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
