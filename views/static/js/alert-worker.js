/* Asks the server for arrivals (R-N3.2): once per browser as a SharedWorker, or once per page where there is none.
   It only asks and tells; what is new on this workstation is decided by alert.js. */
"use strict";

/* Polls config.pulse every config.seconds, each time a fifth more or less, and slower after errors; report(message) tells. */
function createPoller(report) {
  let config = null;
  let etag = null;
  let failures = 0;
  let timer = null;
  let last = null;

  function delay() {
    const jitter = 0.8 + 0.4 * Math.random();
    return Math.min(config.seconds * 2 ** failures, Math.max(300, config.seconds)) * 1000 * jitter;
  }

  function tell(message) {
    last = message;
    report(message);
  }

  async function read(answer) {
    if (answer.status === 401 || answer.status === 403) {
      config = null;
      tell({ kind: "ended" });
      return;
    }
    if (answer.status !== 304 && !answer.ok) throw new Error(String(answer.status));
    failures = 0;
    if (answer.status === 304) {
      if (last && last.kind === "offline") tell({ kind: "online" });
      return;
    }
    etag = answer.headers.get("ETag");
    tell({ kind: "pulse", data: await answer.json() });
  }

  async function poll() {
    timer = null;
    try {
      const headers = etag ? { "If-None-Match": etag } : {};
      await read(await fetch(config.pulse, { headers: headers, credentials: "same-origin", cache: "no-store" }));
    } catch (error) {
      failures = Math.min(failures + 1, 6);
      tell({ kind: "offline", why: String(error) });
    }
    if (config) timer = setTimeout(poll, delay());
  }

  return {
    /* Begin, or begin again after a new login; a page that comes later asks at once, so that it is fresh. */
    start(wanted) {
      config = wanted;
      etag = null;
      failures = 0;
      clearTimeout(timer);
      poll();
    },
  };
}

/* Which of the pages sounds: the one that said last that its sound runs; pages that close say so. While none does, all may. */
function createSwitchboard() {
  const pages = new Map(); /* each with its configuration */
  let speaker = null;

  function send(message) {
    pages.forEach((_config, page) => page.postMessage(Object.assign({ sounds: !speaker || page === speaker }, message)));
  }

  /* The configuration of the page that wants to know soonest: the duty desk asks more often than the others. */
  function quickest() {
    return [...pages.values()].filter(Boolean).sort((one, other) => one.seconds - other.seconds)[0];
  }

  const begin = (poller) => poller.start(quickest());

  function receive(page, poller, message) {
    if (message.kind === "start") {
      pages.set(page, message.config);
      begin(poller);
    }
    if (message.kind === "running") speaker = page;
    if (message.kind === "silent" && speaker === page) speaker = null;
    if (message.kind === "bye") {
      const fastest = quickest();
      pages.delete(page);
      if (fastest && quickest() && quickest().seconds !== fastest.seconds) begin(poller);
      if (speaker === page) speaker = null;
    }
    if (message.kind === "bye" && !speaker) send({ kind: "who-sounds" });
    if (message.kind === "done") send({ kind: "done" });
  }

  return { pages: pages, send: send, receive: receive };
}

if (typeof SharedWorkerGlobalScope !== "undefined" && self instanceof SharedWorkerGlobalScope) {
  const board = createSwitchboard();
  const poller = createPoller(board.send);
  self.onconnect = (event) => {
    const page = event.ports[0];
    board.pages.set(page, null);
    page.onmessage = (message) => board.receive(page, poller, message.data);
  };
} else {
  self.govrepoPoller = createPoller;
}
