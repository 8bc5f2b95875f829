/** What the page of the playground says around its parts, in English. */
export const en = {
  "play.title": "Playground · pellucid",
  "play.lost": "The engine does not answer just now. The page tries again by itself.",
} as const;
