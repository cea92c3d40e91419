/* The keys this browser holds, one per person: IndexedDB `govrepo-keys`, store `keys`, by `person`. A record is
   { person, name, certificate, privateKey }: the person's id, the file's name, the certificate (DER), and a CryptoKey that signs but cannot
   be read out. It is read once from the person's files, here in the browser; nothing of it is ever sent. */
import { isP12, readP12 } from "./p12.js";

const NAME = "govrepo-keys";
const STORE = "keys";
const KINDS = [
  { name: "ECDSA", namedCurve: "P-256" },
  { name: "Ed25519" },
  { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
];

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

async function store(mode) {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "person" });
  return (await done(opening)).transaction(STORE, mode).objectStore(STORE);
}

export const keepKey = async (record) => done((await store("readwrite")).put(record));
export const forgetKey = async (person) => done((await store("readwrite")).delete(person));
export const keyOf = async (person) => done((await store("readonly")).get(person));

function unpacked(text, name) {
  const found = text.match(new RegExp(`-----BEGIN ${name}-----([A-Za-z0-9+/=\\s]+)-----END ${name}-----`));
  return found ? Uint8Array.from(atob(found[1].replace(/\s/g, "")), (letter) => letter.charCodeAt(0)) : null;
}

async function imported(der) {
  for (const kind of KINDS) {
    try { return await crypto.subtle.importKey("pkcs8", der, kind, false, ["sign"]); } catch (error) { /* a key of another kind */ }
  }
  return null;
}

/* Read a certificate file (.p12) with its password, or a key file (PEM, not encrypted) and, where the certificate is not in it, its file;
   null for files that hold no such pair, and for a wrong password. */
export async function readKey(person, keyFile, certificateFile, password) {
  if (isP12(keyFile)) {
    const read = await readP12(keyFile, password).catch(() => null);
    const privateKey = read && await imported(read.key);
    return privateKey ? { person, name: keyFile.name, certificate: read.certificate, privateKey } : null;
  }
  const words = await keyFile.text();
  const der = unpacked(words, "PRIVATE KEY");
  const privateKey = der && await imported(der);
  const certificate = unpacked(certificateFile ? await certificateFile.text() : words, "CERTIFICATE")
    || (certificateFile && new Uint8Array(await certificateFile.arrayBuffer()));
  return privateKey && certificate ? { person, name: keyFile.name, certificate, privateKey } : null;
}

const base64 = (octets) => btoa(String.fromCharCode(...new Uint8Array(octets)));
const block = (name, octets) => `-----BEGIN ${name}-----\n${base64(octets).replace(/.{1,64}/g, "$&\n")}-----END ${name}-----\n`;
const method = (key) => (key.algorithm.name === "ECDSA" ? { name: "ECDSA", hash: "SHA-256" } : key.algorithm.name);

/* Sign a text; text, signature and certificate as one text, as `govrepo-sign` writes it (govrepo/trust/envelope.py). */
export async function signed(record, text) {
  const octets = new TextEncoder().encode(text);
  const signature = await crypto.subtle.sign(method(record.privateKey), record.privateKey, octets);
  return block("SIGNED TEXT", octets) + block("SIGNATURE", signature) + block("CERTIFICATE", record.certificate);
}
