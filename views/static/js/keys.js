/* The keys this browser holds, one per person: IndexedDB `govrepo-keys`, store `keys`, by `person`. A record is
   { person, serial, certificate, privateKey }: the person's id, the certificate's serial and octets (DER), and a CryptoKey that signs but
   cannot be read out. It is put there once, from the file of the certificate; the file's password is never kept. */
const NAME = "govrepo-keys";
const STORE = "keys";

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

/* How a key signs: as WebCrypto wants to be told. */
export const method = (key) => (key.algorithm.name === "ECDSA" ? { name: "ECDSA", hash: "SHA-256" } : key.algorithm.name);

const base64 = (octets) => btoa(String.fromCharCode(...new Uint8Array(octets)));
const block = (name, octets) => `-----BEGIN ${name}-----\n${base64(octets).replace(/.{1,64}/g, "$&\n")}-----END ${name}-----\n`;

/* Sign a text; text, signature and certificate as one text, as `govrepo-sign` writes it (govrepo/trust/envelope.py). */
export async function signed(record, text) {
  const octets = new TextEncoder().encode(text);
  const signature = await crypto.subtle.sign(method(record.privateKey), record.privateKey, octets);
  return block("SIGNED TEXT", octets) + block("SIGNATURE", signature) + block("CERTIFICATE", record.certificate);
}
