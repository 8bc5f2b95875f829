/** A line and what belongs to it (`KEY|raw`, `KEY|high`) are hidden together. */
export const mainKey = (key: string): string => key.replace(/\|(raw|high|low)$/, "");

/** What a chart draws: lines over one x-axis, and marks at places on it. */
export interface Line {
  key: string;
  label: string;
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  /** Which of the colours and dashes. */
  style: number;
  /** Other dashes than those of the style. */
  dash?: readonly number[];
  /** The raw line behind a smoothed one: thin, pale, without an entry in the legend. */
  behind?: boolean;
  /** The upper or lower edge of a band around the line of this style: only what is between is drawn. The upper one comes first. */
  edge?: "high" | "low";
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
