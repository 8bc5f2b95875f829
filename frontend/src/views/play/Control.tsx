import type { ComponentChildren } from "preact";
import type { Control as Name } from "../../play/state";
import { state } from "../../play/store";

export const isHidden = (name: Name): boolean => state.value.view.hide.includes(name);

/** A control that a teacher may have taken away. */
export const Control = ({ name, children }: { name: Name; children: ComponentChildren }) => (isHidden(name) ? null : <>{children}</>);
