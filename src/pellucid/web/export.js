// The answers of an exported page, each in a script of its own beside this one, loaded when it is asked for.
"use strict";
(() => {
  const files = EXPORTED_FILES;
  const waiting = new Map();
  window.pellucidExport = {
    put(file, text) {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      waiting.get(file)?.resolve(bytes.buffer);
    },
    async get(address) {
      const [path, query = ""] = address.split("?");
      const asked = [...new URLSearchParams(query)].map(([name, value]) => `${name}=${value}`).join("&");
      const file = files[`${path}?${asked}`] ?? files[path];
      if (file === undefined) return null;
      if (!waiting.has(file)) {
        const entry = {};
        entry.promise = new Promise((resolve, reject) => Object.assign(entry, { resolve, reject }));
        waiting.set(file, entry);
        const script = document.createElement("script");
        script.src = `./data/${file}.js`;
        script.onerror = () => entry.reject(new Error(`${script.src} is missing`));
        document.head.append(script);
      }
      return (await waiting.get(file).promise).slice(0);
    },
  };
})();
