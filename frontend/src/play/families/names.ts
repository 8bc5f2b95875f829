/** The networks beyond points, by their names in an address. */
export const FAMILIES = ["convolution", "recurrent", "autoencoder", "attention"] as const;
export type FamilyName = (typeof FAMILIES)[number];

/** The family that a tab of the state stands for; null: the points, or one of the panels beside them. */
export const familyOf = (tab: string): FamilyName | null => FAMILIES.find((name) => name === tab) ?? null;
