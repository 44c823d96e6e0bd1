'use client'

export default function ErrorPage({ reset }: { reset: () => void }) {
  return (
    <main className="narrow">
      <h1>Something went wrong</h1>
      <p>It was not your fault. Nothing was lost.</p>
      <button type="button" onClick={reset}>
        Try again
      </button>
    </main>
  )
}
