/* Resumable uploads: each chosen file goes up in pieces (tus), with progress, cancel, and going on where it stopped, also after a
   reload once the same file is chosen again. The form is sent with the finished uploads' ids. Without this script the plain field works. */
"use strict";

(() => {
  const text = (place, name, values) => place.dataset["t" + name].replace(/\{(\w+)\}/g, (_, key) => values[key]);

  function size(octets) {
    if (octets < 1024 * 1024) return (octets / 1024).toFixed(0) + " KB";
    return (octets / 1024 / 1024).toFixed(1) + " MB";
  }

  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

  function line(place, file) {
    const item = make("li", {});
    const bar = make("progress", { max: file.size || 1, value: 0 });
    const words = make("span", { className: "gr-hint" });
    const button = make("button", { type: "button", className: "btn btn-sm btn-link", textContent: text(place, "Cancel", {}) });
    bar.setAttribute("aria-label", file.name);
    words.setAttribute("role", "status");
    button.setAttribute("aria-label", button.textContent + " " + file.name);
    item.append(make("span", { textContent: file.name + " " }), bar, " ", words, " ", button);
    place.querySelector("ul").append(item);
    return { item: item, bar: bar, words: words, button: button };
  }

  function finished(place, shown, upload) {
    const id = upload.url.replace(/\/+$/, "").split("/").pop();
    shown.item.append(make("input", { type: "hidden", name: place.dataset.upload + "_upload", value: id }));
    shown.bar.remove();
    shown.words.textContent = size(upload.file.size) + " · " + text(place, "Done", {});
    shown.button.textContent = text(place, "Remove", {});
    place.dispatchEvent(new CustomEvent("govrepo:uploaded", { bubbles: true, detail: { id: id } }));
  }

  function why(error) {
    const answer = error.originalResponse;
    const words = answer && /text\/plain/.test(answer.getHeader("Content-Type") || "") ? answer.getBody() : "";
    return words || (answer ? String(answer.getStatus()) : error.message);
  }

  function options(place, file, shown) {
    return {
      endpoint: place.dataset.endpoint,
      chunkSize: Number(place.dataset.chunk),
      headers: { "X-CSRF-Token": place.dataset.csrf },
      metadata: { filename: file.name, filetype: file.type },
      retryDelays: [0, 1000, 3000, 10000],
      removeFingerprintOnSuccess: true,
      onProgress(done, all) {
        shown.bar.value = done;
        shown.words.textContent = text(place, "Progress", { done: size(done), size: size(all) });
      },
      onError(error) {
        leave(place, -1);
        shown.words.textContent = text(place, "Failed", { why: why(error) });
      },
    };
  }

  /* While a file is under way the form must not be sent. */
  function leave(place, step) {
    const form = place.closest("form");
    const under = Number(form.dataset.uploads || 0) + step;
    form.dataset.uploads = String(under);
    form.querySelectorAll("button:not([type=button])").forEach((button) => { button.disabled = under > 0; });
  }

  function begin(place, file) {
    const shown = line(place, file);
    const settings = options(place, file, shown);
    let open = true;
    const close = () => { if (open) leave(place, -1); open = false; };
    const failed = settings.onError;
    settings.onError = (error) => { if (open) failed(error); open = false; };
    settings.onSuccess = () => { close(); finished(place, shown, upload); };
    const upload = new self.tus.Upload(file, settings);
    shown.button.addEventListener("click", () => { close(); upload.abort(true).catch(() => {}); shown.item.remove(); });
    leave(place, 1);
    upload.findPreviousUploads().then((earlier) => {
      if (earlier.length) {
        upload.resumeFromPreviousUpload(earlier[0]);
        shown.words.textContent = text(place, "Resumed", {});
      }
      upload.start();
    });
  }

  function watch(place) {
    const input = place.querySelector("input[type=file]");
    if (!self.tus || !self.tus.isSupported) return;
    input.removeAttribute("name");
    input.addEventListener("change", () => {
      Array.from(input.files).forEach((file) => begin(place, file));
      input.value = "";
    });
    place.addEventListener("click", (event) => {
      if (event.target.matches("[data-remove]")) event.target.closest("li").remove();
    });
  }

  document.querySelectorAll("[data-upload]").forEach(watch);
})();
