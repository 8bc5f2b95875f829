import { useEffect, useState } from "preact/hooks";
import { Fault, Loading } from "../../../components/basic";
import { messageOf } from "../../../errors";
import { t } from "../../../i18n";
import type { FamilyName } from "../../../play/families/names";
import { hello } from "../../../play/session";

type View = typeof import("./FamilyView").FamilyView;

async function load(): Promise<View> {
  const { FamilyView, ready } = await import("./FamilyView");
  await ready;
  return FamilyView;
}

/** A network beyond points: its part of the page is loaded when it is first opened, and only where the engine has it. */
export function FamilyHost({ name }: { name: FamilyName }) {
  const [View, setView] = useState<View | null>(null);
  const [error, setError] = useState<string | null>(null);
  const engine = hello.value?.engine;
  useEffect(() => {
    if (engine !== "python") return;
    load().then((view) => setView(() => view), (why: unknown) => setError(messageOf(why)));
  }, [engine]);
  if (engine === "typescript") return <p class="notice">{t("play.tab.lacks")}</p>;
  if (error) return <Fault text={error} />;
  return View ? <View key={name} name={name} /> : <Loading />;
}
