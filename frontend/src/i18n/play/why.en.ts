/** What the panels that say why say, in English. */
export const en = {
  "why.say.gradient": "gradient by {name}",
  "why.say.w": "weight of layer {layer}, {units}",
  "why.say.b": "bias of layer {layer}, unit {units}",
  "why.say.z": "weighted sum of layer {layer}, unit {units}",
  "why.say.a": "output of layer {layer}, unit {units}",
  "why.say.to": "to",
} as const;
