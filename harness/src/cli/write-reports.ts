import { lstat, mkdir, open, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { htmlFile, htmlFolder } from '../report/html/html-report.ts'
import { jsonReport } from '../report/json-report.ts'
import { junitReport } from '../report/junit-report.ts'
import { markdownReport } from '../report/markdown-report.ts'
import type { RunResult } from '../run.ts'

/** Where each report goes. */
export interface ReportFiles {
  json?: string
  junit?: string
  markdown?: string
  /** A file when it ends in `.html`, else a folder. */
  html?: string
}

/** A report cannot be written where it was asked for. */
export class ReportFileError extends Error {
  override readonly name = 'ReportFileError'
}

/** Makes the folders of the reports and tries whether they can be written, before a run that would be lost. Throws `ReportFileError`. */
export async function prepareReports(files: ReportFiles): Promise<void> {
  for (const name of ['json', 'junit', 'markdown', 'html'] as const) {
    const path = files[name]
    if (path === undefined) continue
    try {
      if (name === 'html' && !isPage(path)) await mkdir(path, { recursive: true })
      else {
        await mkdir(dirname(path), { recursive: true })
        await tryFile(path)
      }
    } catch (error) {
      throw new ReportFileError(
        `--${name} ${path} cannot be written: ${error instanceof Error ? error.message : String(error)}. Nothing was run.`,
      )
    }
  }
}

/** Opens a file for writing; one that is empty is not left behind for a run that may be broken off. */
async function tryFile(path: string): Promise<void> {
  await (await open(path, 'a')).close()
  const entry = await lstat(path)
  if (entry.isFile() && entry.size === 0) await rm(path)
}

const isPage = (path: string) => /\.html?$/i.test(path)

/** Writes the reports that were asked for. */
export async function writeReports(run: RunResult, files: ReportFiles): Promise<void> {
  if (files.json !== undefined) await writeFile(files.json, jsonReport(run))
  if (files.junit !== undefined) await writeFile(files.junit, junitReport(run))
  if (files.markdown !== undefined) await writeFile(files.markdown, markdownReport(run))
  if (files.html !== undefined) await writeHtml(run, files.html)
}

async function writeHtml(run: RunResult, path: string): Promise<void> {
  if (isPage(path)) {
    await writeFile(path, await htmlFile(run))
    return
  }
  await mkdir(path, { recursive: true })
  for (const [name, content] of await htmlFolder(run)) await writeFile(join(path, name), content)
}
