/** What a chart draws: lines over one x-axis, and marks at places on it. */
export interface Line {
  key: string;
  label: string;
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  /** Which of the colours and dashes. */
  style: number;
  /** The raw line behind a smoothed one: thin, pale, without an entry in the legend. */
  behind?: boolean;
  /** Single points, where neighbours do not belong together. */
  points?: boolean;
}

export interface Mark {
  x: number;
  label: string;
  /** Marks that matter most are drawn in the accent colour. */
  strong?: boolean;
}

export interface Range {
  from: number;
  to: number;
}
