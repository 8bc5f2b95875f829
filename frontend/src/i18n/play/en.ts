import { en as course } from "./course.en";
import { en as data } from "./data.en";
import { en as fields } from "./fields.en";
import { en as network } from "./network.en";
import { en as page } from "./page.en";
import type { en as families } from "./families.en";
import { en as tabs } from "./tabs.en";
import { en as why } from "./why.en";

/** What the playground says, in English: a file for each of its parts. */
export const en = { ...page, ...fields, ...data, ...network, ...tabs, ...why, ...course } as const;

/** Also those of the tabs beyond points, which are loaded with them. */
export type PlayKey = keyof typeof en | keyof typeof families;
