/** What the panels that say why say, in English. */
export const en = {} as const;
