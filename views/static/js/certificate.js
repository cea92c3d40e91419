/* Login by certificate: signs a fresh challenge with a key file of this machine. The key is read here and goes nowhere: its field has no
   name, and only the text, the signature and the certificate are sent. Algorithms: ECDSA P-256, Ed25519, RSA (govrepo/trust/signatures.py). */
"use strict";

(() => {
  const form = document.querySelector("form[data-certificate-login]");
  if (!form) return;

  const WAYS = [
    { key: { name: "ECDSA", namedCurve: "P-256" }, sign: { name: "ECDSA", hash: "SHA-256" } },
    { key: { name: "Ed25519" }, sign: { name: "Ed25519" } },
    { key: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }, sign: { name: "RSASSA-PKCS1-v1_5" } },
  ];

  /* An error whose words the form's data attributes hold. */
  class Trouble extends Error {}

  function say(name) {
    const place = form.querySelector("[data-message]");
    place.textContent = form.dataset["t" + name];
    place.hidden = false;
  }

  const octets = (base64) => Uint8Array.from(atob(base64.replace(/\s/g, "")), (letter) => letter.charCodeAt(0));
  const base64 = (buffer) => btoa(Array.from(new Uint8Array(buffer), (octet) => String.fromCharCode(octet)).join(""));

  function armoured(name, buffer) {
    const lines = base64(buffer).replace(/(.{64})/g, "$1\n").trim();
    return "-----BEGIN " + name + "-----\n" + lines + "\n-----END " + name + "-----\n";
  }

  function block(text, name) {
    const found = text.match(new RegExp("-----BEGIN " + name + "-----([A-Za-z0-9+/=\\s]+)-----END " + name + "-----"));
    return found ? octets(found[1]) : null;
  }

  function keyIn(text) {
    if (/BEGIN ENCRYPTED PRIVATE KEY/.test(text)) throw new Trouble("Encrypted");
    const der = block(text, "PRIVATE KEY");
    if (!der) throw new Trouble("NoKey");
    return der;
  }

  async function privateKey(der) {
    for (const way of WAYS) {
      try {
        return { key: await crypto.subtle.importKey("pkcs8", der, way.key, false, ["sign"]), way: way };
      } catch (error) { /* a key of another kind: the next way */ }
    }
    throw new Trouble("Failed");
  }

  async function certificate(text, file) {
    if (!file) return block(text, "CERTIFICATE");
    return block(await file.text(), "CERTIFICATE") || new Uint8Array(await file.arrayBuffer());
  }

  async function challenge() {
    const answer = await fetch(form.dataset.certificateLogin, { credentials: "same-origin" }).catch(() => null);
    if (!answer || !answer.ok) throw new Trouble("Unreachable");
    const text = await answer.text();
    if (!text.includes("\norigin: " + location.origin + "\n")) throw new Trouble("Elsewhere");
    return text;
  }

  /* The key and its certificate, out of a certificate file with its password or of a key file and perhaps another one. */
  async function pair(file) {
    const { isP12, readP12 } = await import("./p12.js");
    if (file && isP12(file)) {
      return readP12(file, document.getElementById("key-password").value).catch(() => { throw new Trouble("Password"); });
    }
    const words = file ? await file.text() : "";
    const key = keyIn(words);
    return { key, certificate: await certificate(words, document.getElementById("certificate-file").files[0]) };
  }

  async function signed() {
    const read = await pair(document.getElementById("key-file").files[0]);
    const found = await privateKey(read.key);
    const holder = read.certificate;
    if (!holder) throw new Trouble("NoCertificate");
    const text = new TextEncoder().encode(await challenge());
    const signature = await crypto.subtle.sign(found.way.sign, found.key, text);
    return armoured("SIGNED TEXT", text) + armoured("SIGNATURE", signature) + armoured("CERTIFICATE", holder);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    signed().then((words) => {
      form.elements.signed.value = words;
      form.submit();
    }).catch((error) => say(error instanceof Trouble ? error.message : "Failed"));
  });

  if (!window.isSecureContext || !crypto.subtle) {
    say("Insecure");
    form.querySelector("button").disabled = true;
  }
})();
