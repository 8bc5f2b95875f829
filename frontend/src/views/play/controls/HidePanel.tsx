import { Check } from "../../../components/basic";
import { Folded } from "../../../components/Folded";
import { isKey, t } from "../../../i18n";
import { fieldName } from "../../../play/names";
import { CONTROLS, type Control } from "../../../play/state";
import { changeView, state } from "../../../play/store";

/** A control's name: that of the setting, unless it has one of its own. */
function controlName(control: Control): string {
  const key = `play.control.${control}`;
  return isKey(key) ? t(key) : fieldName(control);
}

/** Teachers choose what learners do not see; this panel itself is never hidden, so that nothing is lost for good. */
export function HidePanel() {
  const count = state.value.view.hide.length;
  return <Folded summary={t("play.hide") + (count ? ` (${count})` : "")} class="settings">{() => <HideChoice />}</Folded>;
}

function HideChoice() {
  const { hide, embed } = state.value.view;
  const toggle = (control: Control, hidden: boolean) =>
    changeView({ hide: hidden ? [...hide, control] : hide.filter((one) => one !== control) });
  return (
    <>
      <p class="note">{t("play.hide.how")}</p>
      <div class="hide-grid">
        {CONTROLS.map((control) => (
          <Check key={control} label={controlName(control)} checked={hide.includes(control)} onChange={(hidden) => toggle(control, hidden)} />
        ))}
      </div>
      <div class="controls">
        <button type="button" class="small" disabled={!hide.length} onClick={() => changeView({ hide: [] })}>{t("play.hide.all")}</button>
        <Check label={t("play.embed")} checked={embed} onChange={(checked) => changeView({ embed: checked })} />
      </div>
      <p class="note">{t("play.embed.how")}</p>
    </>
  );
}
