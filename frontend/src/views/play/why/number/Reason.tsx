import { sayReason } from "../../../../play/why/sentences";

/** Why a number is worked out as it is, in the page's language where that has it. */
export function Reason({ why }: { why: string }) {
  const { text, lang } = sayReason(why);
  return <span lang={lang}>{text}</span>;
}
