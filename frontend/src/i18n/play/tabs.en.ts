/** The kinds of network that the playground has, in English. */
export const en = {
  "play.tabs": "Kinds of network",
  "play.tab.points": "Points",
  "play.tab.convolution": "Convolution",
  "play.tab.recurrent": "Recurrent",
  "play.tab.autoencoder": "Autoencoder",
  "play.tab.attention": "Attention",
  "play.tab.lacks": "This saved page trains networks on points alone. Convolution, recurrent networks, autoencoders and attention are in the whole playground: pip install pellucid, then pellucid play.",
} as const;
