/* Signing an act: a button with data-sign asks for the texts, shows them, signs each with the key this browser holds (keys.js), and
   sends the form with the signatures. Without this script the button leads to the page for signing elsewhere. */
import { forgetKey, keepKey, keyOf, readKey, signed } from "./keys.js";

const dialog = document.getElementById("sign-dialog");
const part = (name) => dialog.querySelector(`[data-part="${name}"]`);
const canSign = window.isSecureContext && window.indexedDB;
let asking = null;

/* The texts for this button's form; null where the site refuses, and then its page says why. */
async function prepared(button) {
  const data = new FormData(button.form);
  data.set("act", button.value);
  const headers = { "X-Requested-With": "XMLHttpRequest" };
  const answer = await fetch(button.dataset.sign, { method: "POST", body: new URLSearchParams(data), headers, credentials: "same-origin", redirect: "error" });
  return answer.ok ? (await answer.json()).texts : null;
}

function say(name, value) {
  part("state").textContent = (dialog.dataset[name] || "").replace("{name}", value);
}

/* With the key: say which, and offer to sign. Without: offer to load it, or to sign elsewhere. */
function offer(key) {
  asking.key = key;
  say(key ? "withKey" : canSign ? "noKey" : "insecure", key && key.name);
  part("load").hidden = Boolean(key) || !canSign;
  part("forget").hidden = !key;
  part("yes").disabled = !key;
}

function show(texts) {
  part("texts").replaceChildren(...texts.map((each) => Object.assign(document.createElement("pre"), { className: "gr-text", textContent: each.text })));
  part("many").hidden = texts.length < 2;
  part("many").textContent = dialog.dataset.many.replace("{n}", texts.length);
  dialog.returnValue = "no";
  dialog.showModal();
  part(asking.key ? "yes" : "texts").focus();
}

async function ask(button) {
  const texts = await prepared(button).catch(() => null);
  if (!texts) { button.form.requestSubmit(button); return; }
  asking = { button, texts };
  offer(canSign ? await keyOf(dialog.dataset.person).catch(() => null) : null);
  show(texts);
}

/* The form goes to its own address now, with the signatures; the button's other address is the page for signing elsewhere. */
async function send({ button, texts, key }) {
  const made = [];
  for (const each of texts) made.push(await signed(key, each.text));
  button.form.append(...made.map((value) => Object.assign(document.createElement("input"), { type: "hidden", name: "signed", value })));
  button.removeAttribute("formaction");
  button.form.requestSubmit(button);
}

function answered() {
  const { button } = asking;
  if (dialog.returnValue === "offline") button.form.requestSubmit(button);
  else if (dialog.returnValue === "yes") send(asking).catch(() => { show(asking.texts); say("failed"); });
  else button.focus();
}

async function load() {
  const [keyFile, certificateFile] = ["key-file", "certificate-file"].map((id) => document.getElementById(id).files[0]);
  const password = document.getElementById("key-password");
  const key = keyFile && await readKey(dialog.dataset.person, keyFile, certificateFile, password.value).catch(() => null);
  password.value = "";
  if (!key) { say("unreadable"); return; }
  await keepKey(key).catch(() => null);  /* Where nothing can be kept, the key serves this page. */
  offer(key);
  part("yes").focus();
}

async function forget() {
  await forgetKey(dialog.dataset.person);
  offer(null);
  document.getElementById("key-file").focus();
}

if (dialog) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-sign]");
    if (!button || !button.form) return;
    event.preventDefault();
    if (button.form.reportValidity()) ask(button);
  });
  dialog.addEventListener("close", answered);
  part("load-now").addEventListener("click", load);
  part("forget").addEventListener("click", forget);
}
