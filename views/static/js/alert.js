/* The arrival alert on this workstation (R-N3.2): sound, title, words, desktop notification, and a bar while sound is off.
   A delivery is new here until it has sounded here; what has sounded is kept in localStorage and told to the server once. */
"use strict";

(() => {
  const root = document.getElementById("alert");
  if (!root) return;
  const at = (id) => document.getElementById(id);
  const text = (name, values) => root.dataset["t" + name].replace(/\{(\w+)\}/g, (_, key) => (values || {})[key]);
  const REPEAT = { plain: root.dataset.repeats === "yes" ? 15 : 0, urgent: 15, most_urgent: 5 }; /* At the duty desk everything. */
  const TONES = {
    plain: [[660, 0], [880, 0.22]],
    urgent: [[880, 0], [880, 0.25], [1175, 0.5]],
    most_urgent: [[988, 0], [740, 0.2], [988, 0.4], [740, 0.6], [988, 0.8]],
  };
  const desk = root.dataset.repeats === "yes"; /* The duty desk, where silence is always said. */
  const plainTitle = document.title;
  const audio = typeof AudioContext === "undefined" ? null : new AudioContext();
  let port = null;
  let sounds = true; /* whether this page is the one that sounds */
  let total = null;
  let repeat = null;

  /* What this workstation remembers. Storage may be switched off; then it remembers for the length of the page. */
  const memory = {};
  function recall(name, otherwise) {
    try { return JSON.parse(localStorage.getItem("govrepo." + name)) || otherwise; } catch (error) { return memory[name] || otherwise; }
  }
  function keep(name, value) {
    memory[name] = value;
    try { localStorage.setItem("govrepo." + name, JSON.stringify(value)); } catch (error) { /* kept for this page only */ }
  }

  const muted = () => recall("muted", false);
  const running = () => Boolean(audio) && audio.state === "running";

  function play(urgency) {
    const start = audio.currentTime + 0.05;
    (TONES[urgency] || TONES.plain).forEach(([pitch, after]) => {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.0001, start + after);
      volume.gain.exponentialRampToValueAtTime(0.5, start + after + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, start + after + 0.18);
      tone.connect(volume).connect(audio.destination);
      tone.start(start + after);
      tone.stop(start + after + 0.2);
    });
    root.dataset.sounded = String(Number(root.dataset.sounded || 0) + 1);
  }

  /* Tell the server once per delivery that this workstation has sounded. */
  function confirmSounded(fresh) {
    if (!fresh.length) return;
    const body = JSON.stringify({ deliveries: fresh });
    const headers = { "Content-Type": "application/json", "X-CSRF-Token": root.dataset.csrf };
    keep("alerted", recall("alerted", []).concat(fresh).slice(-500));
    fetch(root.dataset.alerted, { method: "POST", headers: headers, body: body, credentials: "same-origin" }).then((answer) => {
      if (!answer.ok) throw new Error(String(answer.status));
    }).catch(() => keep("alerted", recall("alerted", []).filter((uid) => !fresh.includes(uid))));
  }

  function notify(news) {
    if (typeof Notification === "undefined" || Notification.permission !== "granted") return;
    const note = new Notification(text("Title"), { body: text("New", { n: news.fresh.length || 1, total: news.total }), tag: "govrepo" });
    note.onclick = () => { window.focus(); note.close(); };
  }

  /* Sound the news, if this page may; urgent news sound again until acknowledged, on whatever page one is by then. */
  function sound() {
    const news = recall("news", null);
    if (!news || !running() || muted() || !sounds) return;
    if (!news.sounded) {
      keep("news", Object.assign(news, { sounded: true }));
      play(news.urgency);
      notify(news);
      confirmSounded(news.fresh);
    }
    if (REPEAT[news.urgency] && !repeat) repeat = setInterval(again, REPEAT[news.urgency] * 1000);
  }

  function again() {
    const news = recall("news", null);
    if (!news) quiet();
    else if (running() && !muted() && sounds) play(news.urgency);
  }

  function quiet() {
    clearInterval(repeat);
    repeat = null;
    at("alert-bar").hidden = true;
  }

  function forget() {
    keep("news", null);
    quiet();
  }

  function announce(news) {
    if (!news) return;
    at("alert-status").textContent = text("New", { n: news.fresh.length || 1, total: news.total });
    at("alert-bar").hidden = false;
    sound();
  }

  function count(data) {
    at("alert-count").textContent = data.total ? text("Waiting", { n: data.total }) : text("None");
    document.title = data.total ? "(" + data.total + ") " + plainTitle : plainTitle;
    document.querySelectorAll("[data-pulse-count]").forEach((place) => {
      const box = data.boxes[place.dataset.pulseCount];
      if (!box) return;
      place.textContent = String(box.waiting);
      place.toggleAttribute("data-hot", box.urgent > 0);
    });
  }

  /* What the pulse says that this workstation has not heard yet. */
  function pulse(data) {
    const newest = [].concat(...Object.values(data.boxes).map((box) => box.newest));
    const before = recall("news", null);
    const old = before ? before.fresh.filter((uid) => newest.includes(uid)) : [];
    const known = new Set(recall("alerted", []).concat(old));
    const fresh = newest.filter((uid) => !known.has(uid));
    const rose = total !== null && data.total > total;
    total = data.total;
    count(data);
    if (before && before.fresh.length && !old.length) forget();
    if (!total) forget();
    if (!fresh.length && !rose) return;
    const news = { fresh: old.concat(fresh), urgency: data.urgency, total: total, sounded: false };
    if (sounds) keep("news", news);
    announce(news);
  }

  function problem(words, login) {
    const bar = at("alert-problem");
    bar.hidden = !words;
    bar.textContent = login ? "" : words;
    if (login) bar.appendChild(Object.assign(document.createElement("a"), { href: root.dataset.login, textContent: words }));
  }

  function receive(message) {
    if ("sounds" in message) sounds = message.sounds;
    if (message.kind === "who-sounds") state();
    if (message.kind === "done") quiet();
    if (message.kind === "pulse" || message.kind === "online") problem("");
    if (message.kind === "pulse") pulse(message.data);
    if (message.kind === "ended") { quiet(); problem(text("Ended"), true); }
    if (message.kind === "offline") problem(text("Offline"));
  }

  const tell = (message) => port && port.postMessage(message);

  /* Show whether sound is on, and tell the worker whether this page can sound. */
  function state() {
    const now = muted() ? "muted" : running() ? "on" : "off";
    at("alert-sound").dataset.state = now;
    at("alert-sound").textContent = text({ muted: "Muted", on: "On", off: "Off" }[now]);
    at("alert-mute").textContent = text(muted() ? "Unmute" : "Mute");
    at("alert-mute").setAttribute("aria-pressed", String(muted()));
    at("sound-bar").hidden = now === "on" || (now === "muted" && !desk);
    at("alert-desktop").hidden = !(window.isSecureContext && typeof Notification !== "undefined" && Notification.permission === "default");
    tell({ kind: now === "on" ? "running" : "silent" });
    if (now === "on" && port) sounds = true;
    sound();
  }

  const wake = () => audio && audio.state !== "running" && audio.resume().then(state);

  function listen() {
    const config = { pulse: root.dataset.pulse, seconds: Number(root.dataset.seconds) };
    if (typeof SharedWorker === "undefined") {
      self.govrepoPoller(receive).start(config);
      return;
    }
    port = new SharedWorker(root.dataset.worker, "govrepo-alert").port;
    port.onmessage = (event) => receive(event.data);
    state();
    tell({ kind: "start", config: config });
  }

  at("alert-test").addEventListener("click", () => { if (audio) audio.resume().then(() => { state(); play("urgent"); }); });
  at("alert-mute").addEventListener("click", () => { keep("muted", !muted()); state(); });
  at("alert-desktop").addEventListener("click", () => Notification.requestPermission().then(state));
  at("alert-ack").addEventListener("click", () => { forget(); tell({ kind: "done" }); });
  at("sound-on").addEventListener("click", () => { if (muted()) { keep("muted", false); state(); } wake(); });
  ["pointerdown", "keydown"].forEach((name) => document.addEventListener(name, wake));
  if (audio) audio.addEventListener("statechange", state);
  window.addEventListener("storage", (event) => event.key === "govrepo.muted" && state());
  window.addEventListener("pagehide", () => tell({ kind: "bye" }));
  at("alert-go").addEventListener("click", forget);
  listen();
  announce(recall("news", null));
  state();
})();
