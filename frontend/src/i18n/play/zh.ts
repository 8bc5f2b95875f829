import type { en } from "./en";
import { zh as course } from "./course.zh";
import { zh as data } from "./data.zh";
import { zh as fields } from "./fields.zh";
import { zh as network } from "./network.zh";
import { zh as page } from "./page.zh";
import { zh as tabs } from "./tabs.zh";
import { zh as why } from "./why.zh";

/** What the playground says, in Simplified Chinese. */
export const zh: Record<keyof typeof en, string> = { ...page, ...fields, ...data, ...network, ...tabs, ...why, ...course };
