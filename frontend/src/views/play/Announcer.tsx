export const Announcer = () => null;
