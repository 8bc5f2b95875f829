/**
 * Messages are taken together, some times a second: each makes charts be drawn again. Where drawing takes long (many
 * charts, a slow machine), they are taken less often, so that half of the time is left for the reader's own wishes.
 */
const SHORTEST = 60;
const LONGEST = 2_000;

export const pauseAfter = (milliseconds: number): number => Math.min(Math.max(SHORTEST, milliseconds * 1.5), LONGEST);

export class Pace<Message> {
  private waiting: Message[] = [];
  private isBusy = false;
  private pause = 0;

  constructor(private readonly take: (messages: Message[]) => void) {}

  add(message: Message): void {
    this.waiting.push(message);
    this.plan();
  }

  private plan(): void {
    if (this.isBusy || !this.waiting.length) return;
    this.isBusy = true;
    setTimeout(() => this.flush(), this.pause);
  }

  private flush(): void {
    const begun = performance.now();
    this.take(this.waiting.splice(0));
    // What follows from it is drawn after this task: a task behind the next knows how long all of it took. A page in
    // the background draws nothing, and need not wait for it.
    const after = () => {
      this.pause = pauseAfter(performance.now() - begun);
      this.isBusy = false;
      this.plan();
    };
    setTimeout(() => setTimeout(after));
  }
}
