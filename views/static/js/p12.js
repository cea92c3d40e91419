/* Certificate files (PKCS#12: .p12, .pfx) are opened here, in the browser: password and key go nowhere. node-forge, fetched when the first
   such file is chosen, takes the file apart; the key itself goes to the browser's own crypto, which does not give it out again. */
const FORGE = new URL("../vendor/forge.min.js", import.meta.url);

let fetched = null;

function forge() {
  fetched ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = FORGE;
    script.onload = () => resolve(window.forge);
    script.onerror = reject;
    document.head.append(script);
  });
  return fetched;
}

const octets = (binary) => Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
const der = (library, asn1) => octets(library.asn1.toDer(asn1).getBytes());
const mark = (bag) => (bag.attributes.localKeyId || [""])[0];

export const isP12 = (file) => /\.(p12|pfx)$/i.test(file.name);

/* The key (PKCS#8, DER) and its certificate (DER) in a file; throws for a wrong password and for what is no such file. */
export async function readP12(file, password) {
  const library = await forge();
  const { oids } = library.pki;
  const binary = Array.from(new Uint8Array(await file.arrayBuffer()), (octet) => String.fromCharCode(octet)).join("");
  const opened = library.pkcs12.pkcs12FromAsn1(library.asn1.fromDer(binary), true, password);
  const bags = (kind) => opened.getBags({ bagType: kind })[kind] || [];
  const [key] = [...bags(oids.pkcs8ShroudedKeyBag), ...bags(oids.keyBag)];
  const holders = bags(oids.certBag);
  const holder = holders.find((bag) => mark(bag) && mark(bag) === mark(key)) || holders[0];
  return {
    key: der(library, key.asn1 || library.pki.wrapRsaPrivateKey(library.pki.privateKeyToAsn1(key.key))),
    certificate: der(library, holder.asn1 || library.pki.certificateToAsn1(holder.cert)),
  };
}
