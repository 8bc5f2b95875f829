import { t } from "../../../i18n";
import type { Column } from "../../../play/drawing/columns";
import { downloadPng, downloadSvg, mapPicture, networkPicture } from "./pictureExport";

/** The network and the map as pictures, to be put into a text or a talk. */
export function PictureMenu({ index, columns }: { index: number; columns: readonly Column[] }) {
  return (
    <details class="net-menu" onKeyDown={(event) => event.key === "Escape" && event.currentTarget.removeAttribute("open")}>
      <summary>{t("net.download")}</summary>
      <div class="net-menu-list">
        <button type="button" class="small" onClick={() => downloadSvg(networkPicture(index, columns), "network")}>{t("net.download_network_svg")}</button>
        <button type="button" class="small" onClick={() => downloadPng(networkPicture(index, columns), "network")}>{t("net.download_network_png")}</button>
        <button type="button" class="small" onClick={() => downloadSvg(mapPicture(index), "map")}>{t("net.download_map_svg")}</button>
        <button type="button" class="small" onClick={() => downloadPng(mapPicture(index), "map")}>{t("net.download_map_png")}</button>
      </div>
    </details>
  );
}
