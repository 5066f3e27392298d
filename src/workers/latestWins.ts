/** One request in flight and one pending; a newer request replaces the pending one, which is then answered with `null`. */

interface Waiting<Request, Answer> {
  request: Request
  resolve: (answer: Answer | null) => void
  reject: (error: unknown) => void
}

export class LatestWins<Request, Answer> {
  private inFlight: Waiting<Request, Answer> | null = null
  private pending: Waiting<Request, Answer> | null = null
  private readonly run: (request: Request) => Promise<Answer>

  constructor(run: (request: Request) => Promise<Answer>) {
    this.run = run
  }

  /** The answer, or `null` when a newer request took this one's place. */
  submit(request: Request): Promise<Answer | null> {
    return new Promise((resolve, reject) => {
      const waiting = { request, resolve, reject }
      if (this.inFlight) {
        this.pending?.resolve(null)
        this.pending = waiting
      } else {
        this.launch(waiting)
      }
    })
  }

  /** Gives up whatever waits for an answer; an answer that still comes is ignored. */
  abandon(error: unknown): void {
    const given = [this.inFlight, this.pending]
    this.inFlight = null
    this.pending = null
    for (const waiting of given) waiting?.reject(error)
  }

  private launch(waiting: Waiting<Request, Answer>): void {
    this.inFlight = waiting
    this.run(waiting.request).then(
      (answer) => this.settle(waiting, () => waiting.resolve(answer)),
      (error: unknown) => this.settle(waiting, () => waiting.reject(error)),
    )
  }

  private settle(waiting: Waiting<Request, Answer>, answer: () => void): void {
    if (this.inFlight !== waiting) return
    this.inFlight = null
    answer()
    const next = this.pending
    this.pending = null
    if (next) this.launch(next)
  }
}
