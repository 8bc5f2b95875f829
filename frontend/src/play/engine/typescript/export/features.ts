/** Lines of Python that make features of the inputs; none where they go in as they are. */
import type { PlayNetwork } from "../play_network";

export function featureLines({ data, state }: PlayNetwork): string[] {
  if (data.columns.length !== 2 || state.features.join() === "x1,x2") return [];
  const columns = state.features.map((name) => name.replace("x1x2", "x1 * x2").replace("^", "**").replace("sin", "np.sin"));
  return ["x1, x2 = x[:, 0], x[:, 1]", `x = np.stack([${columns.join(", ")}], axis=1)`];
}
