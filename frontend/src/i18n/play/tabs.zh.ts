import type { en } from "./tabs.en";

export const zh: Record<keyof typeof en, string> = {
  "play.tabs": "网络种类",
  "play.tab.points": "平面上的点",
  "play.tab.convolution": "卷积",
  "play.tab.recurrent": "循环",
  "play.tab.autoencoder": "自编码器",
  "play.tab.attention": "注意力",
  "play.tab.lacks": "这个保存下来的页面只能在点上训练网络。卷积、循环网络、自编码器和注意力在完整的游乐场里：pip install pellucid，然后 pellucid play。",
};
