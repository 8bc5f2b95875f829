export const ControlBar = () => null;
