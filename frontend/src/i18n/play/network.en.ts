/** What the drawing of the network says, in English. */
export const en = {} as const;
