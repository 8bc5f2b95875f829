import { Loading } from "../../../components/basic";
import { t } from "../../../i18n";
import type { Found } from "./useQuestion";

/** Why there is no answer, or that it is on its way. */
export function Failed({ found }: { found: Pick<Found<unknown>, "value" | "error"> }) {
  if (found.error) return <p class="fault" role="status"><b>{t("why.failed")}</b> <span lang="en">{found.error}</span></p>;
  return found.value ? null : <Loading />;
}
