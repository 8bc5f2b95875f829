import { useEffect } from "preact/hooks";
import "../../../styles/play/network.css";
import { t } from "../../../i18n";
import { pictureSide } from "../../../play/drawing/pictures";
import { look } from "../../../play/session";
import { state } from "../../../play/store";
import { Drawing } from "./Drawing";
import { NetworkTools } from "./NetworkTools";
import { SideBySide } from "./SideBySide";
import { networkName, useColumns } from "./useNetwork";

/** Features and the drawing of the network; of several networks an overview, side by side, above it. */
export function NetworkColumn() {
  const { networks, view } = state.value;
  const index = Math.min(view.network, networks.length - 1);
  const columns = useColumns(index);
  const units = networks.reduce((sum, { layers }) => sum + layers.reduce((all, layer) => all + layer.units, 0), 0);
  useEffect(() => {
    look.value = { ...look.peek(), unit: pictureSide(units) };
  }, [units]);
  return (
    <section class="play-network" aria-labelledby="net-title">
      <h2 id="net-title">{networks.length > 1 ? t("net.named", { name: networkName(index) }) : t("net.title")}</h2>
      {networks.length > 1 && <SideBySide chosen={index} />}
      <NetworkTools index={index} columns={columns} />
      <Drawing key={index} index={index} columns={columns} />
    </section>
  );
}
