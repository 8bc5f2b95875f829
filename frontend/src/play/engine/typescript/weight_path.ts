/** The way that the weights went: as they were at the start and after epochs, as many as a picture needs. */

const MOST_PLACES = 400;
/** All together have at most so many numbers. */
const MOST_NUMBERS = 2 ** 22;

export class WeightPath {
  places: Float64Array[];
  private every = 1;
  private since = 0;
  private readonly most: number;

  constructor(first: Float64Array) {
    this.places = [first.slice()];
    this.most = Math.max(8, Math.min(MOST_PLACES, Math.floor(MOST_NUMBERS / Math.max(first.length, 1))));
  }

  /** The weights after one more epoch. When there are too many, every second one goes, and fewer come. */
  add(w: Float64Array): void {
    if (++this.since < this.every) return;
    this.places.push(w.slice());
    this.since = 0;
    if (this.places.length <= this.most) return;
    this.places = this.places.filter((_, i) => i % 2 === 0);
    this.every *= 2;
  }
}
