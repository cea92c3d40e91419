/* Signing an act: a button with data-sign asks for the texts, shows them, signs each with the key this browser holds, and sends
   the form with the signatures. The key is a CryptoKey that cannot leave the browser; it lies in IndexedDB, put there at the login page. */
import { keyOf, signed } from "./keys.js";

const dialog = document.getElementById("sign-dialog");
const part = (name) => dialog.querySelector(`[data-${name}]`);
let asking = null;

/* The texts for this button's form; null where the site refuses, and then its page says why. */
async function prepared(button) {
  const data = new FormData(button.form);
  data.set("act", button.value);
  const headers = { "X-Requested-With": "XMLHttpRequest" };
  const answer = await fetch(button.dataset.sign, { method: "POST", body: new URLSearchParams(data), headers, credentials: "same-origin", redirect: "error" });
  return answer.ok ? (await answer.json()).texts : null;
}

function show(texts, key) {
  part("texts").replaceChildren(...texts.map((each) => Object.assign(document.createElement("pre"), { className: "gr-text", textContent: each.text })));
  part("many").hidden = texts.length < 2;
  part("many").textContent = dialog.dataset.count.replace("{n}", texts.length);
  part("state").textContent = key ? dialog.dataset.key.replace("{serial}", key.serial) : dialog.dataset.noKey;
  part("yes").disabled = !key;
  dialog.returnValue = "no";
  dialog.showModal();
  part(key ? "yes" : "texts").focus();
}

async function ask(button) {
  const texts = await prepared(button).catch(() => null);
  const key = texts && await keyOf(dialog.dataset.person).catch(() => null);
  if (!texts) { button.form.requestSubmit(button); return; }
  asking = { button, texts, key };
  show(texts, key);
}

async function signatures({ texts, key }) {
  const made = [];
  for (const each of texts) made.push(await signed(key, each.text));
  return made;
}

/* The form goes to its own address now, with the signatures; the button's other address is the page for signing elsewhere. */
function send({ button }, made) {
  button.form.append(...made.map((value) => Object.assign(document.createElement("input"), { type: "hidden", name: "signed", value })));
  button.removeAttribute("formaction");
  button.form.requestSubmit(button);
}

async function answered() {
  const { button } = asking;
  if (dialog.returnValue === "offline") button.form.requestSubmit(button);
  if (dialog.returnValue === "no") button.focus();
  if (dialog.returnValue !== "yes") return;
  try {
    send(asking, await signatures(asking));
  } catch (error) {
    dialog.showModal();
    part("state").textContent = dialog.dataset.failed;
    part("yes").disabled = true;
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-sign]");
  if (!button || !button.form || !dialog) return;
  event.preventDefault();
  if (button.form.reportValidity()) ask(button);
});
if (dialog) dialog.addEventListener("close", answered);
