export const OutputColumn = () => null;
