import { useState } from "preact/hooks";
import { useCalm } from "../../../components/useAnswer";
import { Confusion } from "../../../components/Confusion";
import { t } from "../../../i18n";
import { frame } from "../../../play/session";
import { state } from "../../../play/store";

export function ConfusionOfTest() {
  const [isOpen, setOpen] = useState(false);
  const matrix = useCalm(frame.value?.networks[state.value.view.network]?.confusion ?? null, 250);
  if (!matrix) return null;
  return (
    <details onToggle={(event) => setOpen((event.currentTarget as HTMLDetailsElement).open)}>
      <summary>{t("play.confusion")}</summary>
      {isOpen && <Confusion classes={matrix.map((_, label) => String(label))} matrix={matrix} chosen={null} />}
    </details>
  );
}
