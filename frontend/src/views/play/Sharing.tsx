import { useRef, useState } from "preact/hooks";
import { t } from "../../i18n";
import { messageOf } from "../../errors";
import { openFile, saveFile } from "../../play/stateFile";
import { Control } from "./Control";

/** The state as a link or a file, and back. */
export function Sharing() {
  const [told, setTold] = useState("");
  const [address, setAddress] = useState("");
  const picker = useRef<HTMLInputElement>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      setTold(t("play.link.done"));
      setTimeout(() => setTold(""), 2_000);
    } catch {
      setAddress(location.href); // a browser that lets no page write to the clipboard
    }
  };
  const open = async (file: File | undefined) => {
    try {
      if (file) await openFile(file);
      setTold("");
    } catch (error) {
      setTold(t("play.load.bad", { why: messageOf(error) }));
    }
  };
  return (
    <Control name="export">
      <div class="group">
        <button type="button" class="small" onClick={() => void copy()}>{t("play.link")}</button>
        <button type="button" class="small" onClick={() => void saveFile()}>{t("play.save")}</button>
        <button type="button" class="small" onClick={() => picker.current!.click()}>{t("play.load")}</button>
        <input
          ref={picker} type="file" accept=".json,application/json" hidden
          onChange={(event) => {
            void open(event.currentTarget.files?.[0]);
            event.currentTarget.value = ""; // the same file may be opened again
          }}
        />
        {address && <input readOnly aria-label={t("play.link.address")} value={address} onFocus={(event) => event.currentTarget.select()} />}
        <span class="answer" role="status">{told}</span>
      </div>
    </Control>
  );
}
