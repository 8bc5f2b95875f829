import { t } from "../../../i18n";
import type { Column } from "../../../play/drawing/columns";

const PICTURES = [["network", "svg"], ["network", "png"], ["map", "svg"], ["map", "png"]] as const;

/** The network and the map as pictures, to be put into a text or a talk. What draws them is loaded when it is needed. */
export function PictureMenu({ index, columns }: { index: number; columns: readonly Column[] }) {
  const save = async (what: "network" | "map", form: "svg" | "png") => {
    const { downloadPng, downloadSvg, mapPicture, networkPicture } = await import("./pictureExport");
    const picture = what === "network" ? networkPicture(index, columns) : mapPicture(index);
    await (form === "svg" ? downloadSvg : downloadPng)(picture, what);
  };
  return (
    <details class="net-menu" onKeyDown={(event) => event.key === "Escape" && event.currentTarget.removeAttribute("open")}>
      <summary>{t("net.download")}</summary>
      <div class="net-menu-list">
        {PICTURES.map(([what, form]) => (
          <button key={what + form} type="button" class="small" onClick={() => void save(what, form)}>{t(`net.download_${what}_${form}`)}</button>
        ))}
      </div>
    </details>
  );
}
