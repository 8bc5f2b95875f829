export const DataColumn = () => null;
