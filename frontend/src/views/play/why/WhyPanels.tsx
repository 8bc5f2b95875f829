/** Panels that say why: derivations, checks, the error surface, regions, signs. */
export const WhyPanels = () => null;
