/** Features and the drawing of the network. */
export const NetworkColumn = () => <section class="play-network" />;
