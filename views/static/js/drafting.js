/* The preview of a draft beside its form: what stands in the form is posted, the answer is one image of the pages, drawn on a canvas.
   Without this script the button opens the image in a window of its own. */
"use strict";

(() => {
  const button = document.querySelector("[data-preview]");
  const state = document.getElementById("preview-state");
  if (!button || !self.createImageBitmap) return;

  const say = (name, values) => state.dataset["t" + name].replace(/\{(\w+)\}/g, (_, key) => values[key]);

  function fields() {
    const texts = new URLSearchParams();
    new FormData(button.form).forEach((value, name) => { if (typeof value === "string") texts.append(name, value); });
    return texts;
  }

  async function draw(answer) {
    const image = await createImageBitmap(await answer.blob());
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    canvas.getContext("2d").drawImage(image, 0, 0);
    const told = say("Made", { pages: answer.headers.get("Govrepo-Pages"), shown: answer.headers.get("Govrepo-Shown") });
    const missing = decodeURIComponent(answer.headers.get("Govrepo-Missing") || "");
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", told);
    document.getElementById("preview").replaceChildren(canvas);
    state.textContent = missing ? told + " " + say("Missing", { missing: missing }) : told;
  }

  async function ask() {
    const answer = await fetch(button.dataset.preview, { method: "POST", body: fields() });
    if (answer.ok) return draw(answer);
    const plain = (answer.headers.get("Content-Type") || "").startsWith("text/plain");
    state.textContent = plain ? await answer.text() : say("Failed", {});
  }

  button.addEventListener("click", async (event) => {
    event.preventDefault();
    button.disabled = true;
    state.textContent = say("Making", {});
    try { await ask(); } catch { state.textContent = say("Failed", {}); }
    button.disabled = false;
  });
})();
