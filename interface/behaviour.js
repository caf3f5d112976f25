// The page's behaviour. All listeners are on the document, because Gradio changes the parts under them.
// Nothing typed is stored: localStorage holds the choice of colours and nothing else.
(() => {
  "use strict";
  const root = document.documentElement;
  const $ = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const stage = () => $("#stage [data-view]");
  const isPhone = () => matchMedia("(max-width: 640px)").matches;
  let fire = () => {};

  // --- colours ---------------------------------------------------------------------------------------------
  const stored = () => { try { return localStorage.getItem("inroad-theme"); } catch { return null; } };
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  function paint() {
    const theme = stored() || (prefersDark.matches ? "dark" : "light");
    root.dataset.theme = theme;
    document.body?.classList.toggle("dark", theme === "dark");
    $("#theme")?.setAttribute("aria-pressed", String(theme === "dark"));
  }
  prefersDark.addEventListener("change", paint);

  // --- header, pages -----------------------------------------------------------------------------------------
  const PAGES = { "#evidence": "evidence", "#saved": "saved", "#account": "account", "#sign-in": "account",
    "#register": "account", "#reset": "account", "#signed-out": "account", "#admin": "admin" };
  const LOADS = { saved: "saved", account: "account", admin: "administration" };
  let cameFrom = "#write";
  function page() {
    const name = PAGES[location.hash] || "write", before = root.dataset.page;
    const changed = before !== name;
    root.dataset.page = name;
    for (const link of all(".top nav a, #me")) {
      if (PAGES[link.hash] === name || link.hash === `#${name}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    $(".skip").hash = name === "write" ? "bar" : name;
    closeDrawer();
    if (name !== "account") cameFrom = location.hash || "#write";
    const turned = name === "account" && ways();
    if (!changed && turned) toHeading();
    if (!changed) return;
    scrollTo(0, 0);
    if (LOADS[name]) fire("act", { do: LOADS[name] });
    if (name === "write" && $("#stage [data-stale]")) fire("work", { do: "rework" });
    if (before) toHeading();
  }
  // Who follows a link finds the focus at the heading of what it opened.
  function toHeading() {
    const active = document.activeElement;
    if (active && active !== document.body && !active.closest(".top") && active.offsetParent) return;
    heading()?.focus({ preventScroll: true });
  }
  function shell() {
    const holder = document.createElement("div");
    holder.innerHTML = window.inroadHeader;
    document.body.prepend(...holder.children);
    document.body.insertAdjacentHTML("beforeend",
      '<div class="i"><aside class="drawer" id="drawer" aria-label="Source" hidden></aside>' +
      '<div class="drop" aria-hidden="true"><p>Drop your files here</p></div>' +
      '<p class="sr" role="status" id="say"></p></div>');
    root.dataset.page = "";
    setTimeout(() => $("#me")?.removeAttribute("data-unknown"), 4_000); // nothing is known where nothing answers
    paint();
    page();
  }
  const say = (words) => { $("#say").textContent = words; };

  // --- talking to the server -------------------------------------------------------------------------------------
  const form = () => {
    const said = { stress: "", "opening-id": $("#desk .more")?.dataset.opening || "" };
    for (const [name, value] of new FormData($("#desk"))) {
      if (name === "stress") said.stress += `${value}\n`;
      else if (name !== "address") said[name] = value;
    }
    return said;
  };
  function ask(kind, said) {
    const letter = editable();
    if (onEvidence() && $("#evidence .evidence")) said.looking = chosen;
    if (letter) Object.assign(said, { subject: $("#subject").value, body: plain(letter) });
    fire(kind, said);
  }
  const LONG = new Set(["read", "read-text", "again", "write", "say-gap", "hide-gap", "write-model", "write-embedded",
    "write-again", "switch", "rework", "use-sample", "use-mine", "follow-up", "follow-saved", "set-address"]);
  function request(said) {
    if (said.do === "stop" || said.do === "halt") return fire(said.do, {});
    if (said.do === "read-as") return fire("reread", said);
    if (said.do === "open-saved" || said.do === "follow-saved") location.hash = "#write";
    if (["take", "take-saved", "take-history"].includes(said.do)) said.n = String(++count);
    if (LONG.has(said.do)) return fire("work", { ...form(), ...said });
    return ask("act", said);
  }
  function wrong(field, words) {
    const note = document.getElementById(`${field.id}-error`);
    note.textContent = words;
    note.hidden = !words;
    if (words) {
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", note.id);
      field.focus();
    } else if (field.getAttribute("aria-invalid")) {
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-describedby");
    }
    field.closest(".ask")?.classList.toggle("wrong", Boolean(words));
  }
  function read(source) {
    const field = $("#address");
    if (!source.trim()) return wrong(field, "Paste an address first.");
    wrong(field, "");
    if (location.hash === "#evidence") location.hash = "#write";
    $("#desk .more").open = false;
    request({ do: "read", source: source.trim() });
  }
  document.addEventListener("submit", (event) => {
    const target = event.target;
    if (target.dataset.post) { event.preventDefault(); return post(target); }
    if (target.id !== "desk" && !target.dataset.submit && !target.dataset.live) return;
    event.preventDefault();
    if (target.id === "desk") {
      if (working() && document.activeElement?.closest("#desk .more")) return apply();
      return read($("#address").value);
    }
    if (target.dataset.live) return;
    const needed = all("[data-need]", target);
    for (const field of needed) wrong(field, "");
    const empty = needed.find((field) => !field.value.trim());
    if (empty) return wrong(empty, empty.dataset.need);
    if (target.closest("#evidence")) sentForm = formKey(target);
    request({ do: target.dataset.submit, ...Object.fromEntries(new FormData(target)) });
  });
  document.addEventListener("change", (event) => {
    const { name, type } = event.target;
    if (event.target.closest("#desk .more")) {
      if (name === "key") models();
    } else if (event.target.closest("#desk") && type === "radio") request({ do: "switch" });
    if (event.target.closest("#profile-form") && name === "persona") {
      $("[data-agency]").hidden = event.target.value !== "service-provider";
    }
    if (event.target.dataset.mark) fire("act", { do: "mark-draft", draft: event.target.dataset.mark, state: event.target.value });
    const live = event.target.closest("[data-live]");
    if (live) filter(live);
  });
  let typing;
  function filter(live) {
    if (!live.isConnected) return;
    fire("check", { do: live.dataset.live, looking: chosen, ...Object.fromEntries(new FormData(live)) });
  }
  document.addEventListener("input", (event) => {
    const live = event.target.closest("[data-live]");
    if (live) { clearTimeout(typing); typing = setTimeout(() => filter(live), 200); }
    if (event.target.closest("#letter") || event.target.id === "subject") edited();
    if (event.target.id === "address") wrong(event.target, "");
    remember(event.target);
  });

  // --- more options ------------------------------------------------------------------------------------------------
  // The form is drawn anew with each opening; what was chosen stays, but for what is about the opening itself.
  const OF_OPENING = ["recipient", "stress"];
  let options = new Map(), about = "", asked = false;
  const working = () => stage()?.dataset.view === "work";
  const models = () => fire("act", { do: "models", key: $("#o-key").value, model: $("#o-model").value });
  function apply() {
    $("#desk .more").open = false;
    $("#desk .more summary").focus();
    request({ do: "switch", apply: "yes" });
  }
  const optionKey = (field) => isChoice(field) ? `${field.name}=${field.value}` : field.name;
  const optionFields = () => all("#desk .more [name]");
  function chose(field) {
    const same = field.type === "radio" ? optionFields().filter((other) => other.name === field.name) : [field];
    for (const one of same) options.set(optionKey(one), isChoice(one) ? one.checked : one.value);
  }
  function optionsDrawn() {
    const more = $("#desk .more");
    if (!more) return;
    if (more.dataset.opening !== about) {
      about = more.dataset.opening;
      for (const name of [...options.keys()]) if (OF_OPENING.includes(name.split("=")[0])) options.delete(name);
    }
    if (options.has("open")) more.open = options.get("open");
    for (const field of optionFields()) if (field !== document.activeElement) put(field, options.get(optionKey(field)));
  }
  for (const kind of ["input", "change"]) document.addEventListener(kind, (event) => {
    if (event.target.closest?.("#desk .more") && event.target.name) chose(event.target);
  });
  document.addEventListener("toggle", (event) => {
    if (!event.target.matches?.("#desk .more")) return;
    options.set("open", event.target.open);
    if (event.target.open && !asked) { asked = true; models(); }
  }, true);
  function fold(event) {
    const more = $("#desk .more");
    if (more?.open && working() && !more.contains(event.target) && innerWidth > 1100) more.open = false;
  }

  // --- several openings at once -------------------------------------------------------------------------------------
  // What is picked outlives the filter; the list is changed by position, so its boxes are set anew each time.
  let picked = new Set(), ofList = "";
  const boxes = () => all("#stage [data-pick-opening]");
  const numbersOf = (box) => box.dataset.pickAll.split(",");
  function pickedDrawn() {
    const every = $("#stage [data-pick-all]"), title = $("#stage .openings") && $("#stage h1")?.textContent;
    if (title && title !== ofList) { picked.clear(); ofList = title; }
    for (const box of boxes()) box.checked = picked.has(box.dataset.pickOpening);
    if (!every) return;
    const shown = numbersOf(every), on = shown.filter((number) => picked.has(number)).length;
    every.checked = on === shown.length;
    every.indeterminate = on > 0 && on < shown.length;
    const button = $("#stage [data-bulk=write]");
    button.disabled = !picked.size;
    button.textContent = picked.size ? `Write ${picked.size} draft${picked.size === 1 ? "" : "s"}` : "Write drafts for these";
  }
  document.addEventListener("change", (event) => {
    const { pickOpening, pickAll } = event.target.dataset || {};
    if (pickOpening === undefined && pickAll === undefined) return;
    for (const number of pickAll === undefined ? [pickOpening] : numbersOf(event.target)) {
      if (event.target.checked) picked.add(number); else picked.delete(number);
    }
    pickedDrawn();
  });
  function bulk(way) {
    if (way === "stop" || way === "close") return fire("unbulk", { way });
    fire("bulk", { ...form(), picks: way === "write" ? [...picked].join(",") : "" });
    if (way === "write") { parts.delete("bulk"); scrollTo(0, 0); }
  }
  function bulkDrawn(element) {
    const part = $("details[data-part]", element);
    if (part && parts.has("bulk")) part.open = parts.get("bulk");
  }
  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.("#bulk details")) parts.set("bulk", event.target.open);
  }, true);

  // --- the account: what holds a password goes to the API, and never travels with an event ------------------------------
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("inroad") : null;
  tabs?.addEventListener("message", () => {
    fire("act", { do: "signed-in" });
    if (root.dataset.page === "saved") fire("act", { do: "saved" });
  });
  const whoChanged = () => tabs?.postMessage("who");
  // The address says which of the doors stands open.
  function ways() {
    const doors = all("#account [data-way]");
    if (!doors.length) return false;
    const before = doors.find((door) => !door.hidden);
    const way = location.hash.slice(1), shown = doors.some((door) => door.dataset.way === way) ? way : "sign-in";
    for (const door of doors) door.hidden = door.dataset.way !== shown;
    const note = $("#account [data-out]");
    if (note) note.hidden = way !== "signed-out";
    return before?.dataset.way !== shown;
  }
  async function call(request, body) {
    const [method, path] = request.split(" ");
    const options = { method, headers: { accept: "application/json" } };
    if (body) { options.headers["content-type"] = "application/json"; options.body = JSON.stringify(body); }
    try {
      const answer = await fetch(path, options), words = await answer.text();
      let told = {};
      try { told = words ? JSON.parse(words) : {}; } catch { /* a proxy's page */ }
      return { ok: answer.ok, status: answer.status, told };
    } catch {
      return { ok: false, status: 0, told: { title: "Inroad did not answer.", detail: "Try again." } };
    }
  }
  const nextTo = (form, name) => [...form.elements].find((field) => field.name === name);
  // What went wrong stands at its field, and where no field is at fault, above the button.
  function refused(form, { status, told }) {
    const password = nextTo(form, "password") || nextTo(form, "old");
    const words = inWordsOf(told);
    if (told.tries_left !== undefined && password) return wrong(password, words);
    let first = null;
    for (const { field, reason } of told.errors || []) {
      const name = field.split(".").pop(), at = nextTo(form, name) || (name === "password" && nextTo(form, "new"));
      if (!at || !document.getElementById(`${at.id}-error`)) continue;
      wrong(at, reason);
      first ||= at;
    }
    if (first) return first.focus();
    const note = $("[data-wrong]", form);
    note.textContent = words;
    note.hidden = false;
  }
  function told(form) {
    const body = {};
    for (const field of form.elements) {
      if (!field.name || "local" in field.dataset || field.closest("[hidden]:not(form)")) continue;
      if (field.type === "checkbox") { (body[field.name] ||= []).push(...(field.checked ? [field.value] : [])); continue; }
      if ("was" in field.dataset && field.value.trim() === field.dataset.was) continue;
      if (field.name === "code" && !field.value.trim()) continue;
      body[field.name] = field.type === "password" ? field.value : field.value.trim();
    }
    return body;
  }
  async function post(form) {
    if (form.getAttribute("aria-busy") === "true") return;
    const button = $("[type=submit]", form), needed = all("[data-need]", form);
    for (const field of form.elements) if (document.getElementById(`${field.id}-error`)) wrong(field, "");
    const note = $("[data-wrong]", form);
    if (note) note.hidden = true;
    const empty = needed.find((field) => !field.value.trim());
    if (empty) return wrong(empty, empty.dataset.need);
    form.setAttribute("aria-busy", "true");
    button.disabled = true;
    const body = told(form), answer = await call(form.dataset.post, body);
    form.removeAttribute("aria-busy");
    button.disabled = false;
    if (!answer.ok) return refused(form, answer);
    await then(form.dataset.then, form, answer.told, body);
  }
  async function then(what, form, answer, body) {
    if (what === "signed-in") return entered(form);
    if (what === "registered") {
      const answered = await call("POST api/v1/account/sign-in", { email: body.email, password: body.password });
      if (answered.ok) return entered(form);
      return refused(form, { status: 409, told: {
        title: form.dataset.post.endsWith("/reset") ? "The password is set." : "There may be an account with this email already.",
        detail: "Sign in, or ask for a code to set a new password." } });
    }
    if (what === "out") return out();
    if (what === "code-made") secret = answer.code || "";
    if (what === "token-made") {
      secret = answer.token || "";
      if (!form.hidden) opens($(`[data-opens=${form.id}]`));
    }
    if (what === "password-changed") opens($(`[data-opens=${form.id}]`));
    if (what === "save-account") {
      const local = all("[data-local]", form).map((field) => [field.name, field.value]);
      $("#me-password").value = "";
      whoChanged();
      return fire("act", { do: what, ...Object.fromEntries(local) });
    }
    form?.reset();
    fire("act", { do: what });
  }
  const inWordsOf = (told) => [told.title || "This did not work.", told.detail].filter(Boolean).join(" ");
  function besideOf(element, told) {
    const note = document.createElement("p");
    note.className = "error";
    note.setAttribute("role", "alert");
    note.textContent = inWordsOf(told);
    element.after(note);
    setTimeout(() => note.remove(), 8_000);
  }
  async function pressedCall(button) {
    button.disabled = true;
    const answer = await call(button.dataset.call);
    button.disabled = false;
    if (!answer.ok && answer.status !== 401) return besideOf(button, answer.told);
    await then(button.dataset.then, null, answer.told, {});
  }
  async function entered(form) {
    if (!(await call("GET api/v1/account")).ok) {
      return refused(form, { status: 0, told: { title: "Your browser does not keep the sign-in here.",
        detail: "Open this page in a tab of its own, or allow its cookie." } });
    }
    form.reset();
    fire("act", { do: "signed-in" });
    whoChanged();
    say("You are signed in.");
    location.hash = cameFrom;
  }
  function out() {
    whoChanged();
    gone();
  }
  // The page is opened anew, so that nothing stays of whoever was here.
  function gone() {
    history.replaceState(null, "", "#signed-out");
    location.reload();
  }
  let secret = "";
  function opens(button) {
    const part = document.getElementById(button.dataset.opens);
    part.hidden = !part.hidden;
    button.setAttribute("aria-expanded", String(!part.hidden));
    if (!part.hidden) $("input:not([hidden])", part)?.focus();
  }
  document.addEventListener("input", (event) => {
    const shows = event.target.id && $(`[data-when-changed="${CSS.escape(event.target.id)}"]`);
    if (shows) shows.hidden = event.target.value.trim() === event.target.dataset.was;
    if (event.target.closest?.("form[data-post]") && event.target.getAttribute("aria-invalid")) wrong(event.target, "");
  });
  document.addEventListener("change", async (event) => {
    const name = event.target.dataset?.patch;
    if (!name) return;
    const answer = await call("PATCH api/v1/account", { [name]: event.target.checked });
    if (answer.ok) return say("Saved.");
    event.target.checked = !event.target.checked;
    besideOf(event.target.closest("ul"), answer.told);
  });
  function tellSecret(element) {
    const note = $(".secret", element);
    if (!note || !secret) return;
    $("code", note).textContent = secret;
    note.hidden = false;
    note.scrollIntoView({ block: "nearest" });
    secret = "";
  }
  function accountDrawn(element) {
    const me = $("#me"), name = $("[data-me]", element)?.dataset.me;
    if (me && "many" in me.dataset && name !== undefined) {
      me.hash = name ? "#account" : "#sign-in";
      $("bdi", me).textContent = name || "Sign in";
      me.removeAttribute("data-unknown");
    }
    ways();
    times(element);
    tellSecret(element);
    if (root.dataset.page !== "account") return;
    if (name && ["#sign-in", "#register", "#reset", "#signed-out"].includes(location.hash)) location.replace("#account");
    if (document.activeElement === document.body) heading()?.focus({ preventScroll: true });
  }

  // --- moments, in the reader's own time ----------------------------------------------------------------------------------
  const dayOf = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());
  const shown = (date, options) => new Intl.DateTimeFormat("en-GB", options).format(date);
  function pageDrawn(element) {
    times(element);
    tellSecret(element);
    // Gradio changes parts by position, and what a field holds does not follow.
    for (const field of all("#saved select, #saved input", element)) if (field !== document.activeElement) put(field);
    if (!element.closest(`#${root.dataset.page}`)) return;
    const below = $(".below", element), now = below?.dataset.below || "";
    if (below && now !== beneath) {
      below.scrollIntoView({ block: "nearest" });
      $("input:not([type=hidden]), select, h2[tabindex], button", below).focus({ preventScroll: true });
    }
    beneath = now;
    if (document.activeElement === document.body) heading()?.focus({ preventScroll: true });
  }
  let beneath = "";
  function inWords(date, style) {
    const now = new Date(), days = Math.round((dayOf(now) - dayOf(date)) / 864e5);
    const clock = shown(date, { hour: "2-digit", minute: "2-digit" });
    const day = shown(date, { day: "numeric", month: "short", ...(date.getFullYear() === now.getFullYear() ? {} : { year: "numeric" }) });
    if (days === 0) return style === "day" || style === "due" ? "today" : `${style === "inside" ? "today" : "Today"}, ${clock}`;
    if (days === 1 && style !== "due") return style === "moment" ? "Yesterday" : "yesterday";
    if (days === -1 && style === "due") return "tomorrow";
    return day;
  }
  function times(element) {
    for (const time of all("time[data-when]", element)) {
      const style = time.dataset.when, due = style === "due";
      const date = new Date(due ? `${time.dateTime}T00:00` : time.dateTime);
      if (Number.isNaN(+date)) continue;
      time.textContent = inWords(date, style);
      if (!due) { time.title = shown(date, { dateStyle: "long", timeStyle: "short" }); continue; }
      const late = dayOf(new Date()) > date, holder = time.closest("[data-due]");
      holder?.classList.toggle("late", late);
      const lead = holder && $("[data-lead]", holder);
      if (lead) lead.textContent = late ? "Follow-up was due " : "Follow up ";
    }
  }

  // --- double clicks ---------------------------------------------------------------------------------------------
  // After the first click of two, another button may stand where the pointer is.
  const TWICE = 600, NEAR = 8;
  let last = { at: -TWICE, x: 0, y: 0 };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("#evidence button[data-do], #evidence button[type=submit], #evidence summary");
    if (!event.detail || !event.isTrusted) return; // a key, or a script
    const now = { at: event.timeStamp, x: event.clientX, y: event.clientY }, before = last;
    const again = now.at - before.at < TWICE && Math.hypot(now.x - before.x, now.y - before.y) < NEAR;
    if (button && again) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    if (button) last = now;
  }, true);
  for (const kind of ["keydown", "wheel", "touchmove"]) {
    document.addEventListener(kind, () => { last.at = -TWICE; }, { capture: true, passive: true }); // so it was meant
  }

  // --- clicks ----------------------------------------------------------------------------------------------------
  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest?.(selector);
    if (!at(".menu")) menu(null);
    fold(event);
    const add = at('a[data-add]');
    if (add) fire("act", { do: "add-for", words: add.dataset.add, question: add.dataset.question || "" });
    if (at("#theme")) {
      try { localStorage.setItem("inroad-theme", root.dataset.theme === "dark" ? "light" : "dark"); } catch { /* private */ }
      if (!stored()) root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark"; else paint();
      return;
    }
    if (at(".skip")) { event.preventDefault(); heading()?.focus(); return; }
    const mark = at(".mk[data-src]");
    if (mark) return tapped(mark);
    if (at("[data-close]")) return closeDrawer(true);
    const span = at("#paper .at");
    if (span) return choose(span.dataset.at.split(" ")[0], true);
    const pick = at("[data-pick]");
    if (pick) return choose(pick.dataset.pick);
    const button = at("button");
    const line = at("#evidence .items > li[data-item]");
    if (line && !at("button, a, input, textarea, label, summary, form") && !String(getSelection())) return choose(line.dataset.item);
    if (!button || button.disabled) return;
    if (button.closest("#evidence")) pressed = button;
    if (button.dataset.fill) { $("#address").value = button.dataset.fill; return read(button.dataset.fill); }
    if (button.dataset.upload) return $(`#upload-${button.dataset.upload}`)?.click();
    if ("copy" in button.dataset) return copy(button);
    if ("menu" in button.dataset) return menu($(".list", button.parentElement).hidden ? button.parentElement : null);
    if (at("[role=menu]")) menu(null, true);
    if (button.dataset.take) return request({ do: "take", form: button.dataset.take });
    if (button.dataset.export) { return ask("act", { do: "export", form: button.dataset.export, n: String(++count) }); }
    if ("apply" in button.dataset) return apply();
    if (button.dataset.bulk) return bulk(button.dataset.bulk);
    if (button.dataset.opens) return opens(button);
    if (button.dataset.call) return pressedCall(button);
    if (button.dataset.do === "open-draft") $("#bulk details").open = false;
    if (["open-draft", "follow-up", "first-message"].includes(button.dataset.do)) {
      button.closest("#stage")?.scrollIntoView({ block: "start" });
    }
    if (button.dataset.do) {
      const said = { ...button.dataset };
      request(said);
    }
  });
  function menu(open, refocus) {
    for (const one of all(".menu")) {
      const list = $(".list", one), button = $("[data-menu]", one);
      if (list.hidden === (one !== open)) continue;
      const held = list.contains(document.activeElement);
      list.hidden = one !== open;
      button.setAttribute("aria-expanded", String(one === open));
      if (one === open) { $("button", list).focus(); list.scrollIntoView({ block: "nearest" }); }
      else if (refocus || held) button.focus();
    }
  }

  // --- sources: hover, focus, tap ------------------------------------------------------------------------------------
  let lit = "";  // one source, or the sources of a sentence with a space between
  function light(sources) {
    if (lit === sources) return;
    lit = sources;
    relight();
  }
  function relight() {
    for (const node of all("#draft .lit")) node.classList.remove("lit");
    for (const source of lit.split(" ").filter(Boolean).map(CSS.escape)) {
      for (const node of all(`#draft .mk[data-src="${source}"]`)) {
        node.classList.add("lit");
        node.closest(".sent")?.classList.add("lit");
      }
      $(`#draft .card[data-card="${source}"]`)?.classList.add("lit");
    }
  }
  const sourceOf = (node) => node.closest?.("#draft .mk[data-src]")?.dataset.src
    || node.closest?.("#draft .sent[data-src]")?.dataset.src
    || node.closest?.("#draft .card[data-card]")?.dataset.card || "";
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch" || !$("#drawer").hidden) return;
    const source = sourceOf(event.target);
    if (source) light(source);
    else if (!document.activeElement?.closest?.(".mk, .card")) light("");
  });
  document.addEventListener("focusin", (event) => {
    if (!$("#drawer").hidden && $("#drawer").contains(event.target)) return;
    const source = sourceOf(event.target);
    if (source) light(source);
  });
  document.addEventListener("focusout", (event) => {
    if (event.target.closest?.(".mk, .card") && $("#drawer").hidden) light("");
  });
  let opener = null;
  function tapped(mark) {
    light(mark.dataset.src);
    const card = $(`#draft .card[data-card="${CSS.escape(mark.dataset.src)}"]`);
    if (!card) return;
    if (isPhone()) return openDrawer(mark, card);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    card.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  }
  function openDrawer(mark, card) {
    opener = `#draft .mk[data-src="${CSS.escape(mark.dataset.src)}"]`;
    sheet("card", card.innerHTML, mark);
  }
  function sheet(style, inside, from) {
    const drawer = $("#drawer"), copyOf = document.createElement("div");
    copyOf.className = style;
    copyOf.innerHTML = inside;
    drawer.replaceChildren(copyOf);
    drawer.insertAdjacentHTML("beforeend", '<button type="button" class="btn" data-close>Close</button>');
    drawer.hidden = false;
    const below = from.getBoundingClientRect().bottom - (drawer.getBoundingClientRect().top - 24);
    if (below > 0) scrollBy({ top: below });
    $("[data-close]", drawer).focus({ preventScroll: true });
  }
  function closeDrawer(refocus) {
    const drawer = $("#drawer");
    if (!drawer || drawer.hidden) return;
    drawer.hidden = true;
    if (refocus && opener) $(opener)?.focus();
    light("");
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (!$("#drawer").hidden) return closeDrawer(true);
      if ($(".menu .list:not([hidden])")) return menu(null, true);
      if ($("#desk .more[open]") && working()) { $("#desk .more").open = false; $("#desk .more summary").focus(); return; }
      light("");
      if (onEvidence()) choose("");
    }
    const mark = event.target.closest?.(".mk[data-src]");
    if (mark && event.key === "Enter" && !isPhone()) {
      event.preventDefault();
      tapped(mark);
      $(`#draft .card[data-card="${CSS.escape(mark.dataset.src)}"]`)?.focus({ preventScroll: true });
    }
    const item = event.target.closest?.("[role^=menuitem]");
    if (item && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const items = all("[role^=menuitem]", item.closest("[role=menu]")), step = event.key === "ArrowDown" ? 1 : items.length - 1;
      items[(items.indexOf(item) + step) % items.length].focus();
    }
    if (event.key === "Escape" && event.target.closest?.("#draft .card")) {
      $(`#draft .mk[data-src="${CSS.escape(event.target.closest(".card").dataset.card)}"]`)?.focus();
    }
  });

  // --- evidence: an item and its place in the document ------------------------------------------------------------------
  const onEvidence = () => root.dataset.page === "evidence";
  let chosen = "", toSheet = false, pressed = null;
  const lineOf = (item) => item && $(`#evidence .items > li[data-item="${CSS.escape(item)}"]`);
  const placesOf = (item) => item ? all(`#paper .at[data-at~="${CSS.escape(item)}"]`) : [];
  function choose(item, fromPaper) {
    if (item === chosen && !item) return;
    chosen = item;
    rechoose();
    if (!item) return;
    const line = lineOf(item);
    if (fromPaper) { line?.scrollIntoView({ block: "nearest" }); if (!line) ask("act", { do: "pick", item }); return; }
    if (placesOf(item).length) return showPlace();
    toSheet = isPhone();
    ask("act", { do: "pick", item });
  }
  function rechoose() {
    for (const line of all("#evidence .items > li[data-item]")) line.classList.toggle("chosen", line.dataset.item === chosen);
    for (const chip of all("#evidence .chip[aria-pressed]")) chip.setAttribute("aria-pressed", String(chip.dataset.item === chosen));
    for (const span of all("#paper .at.lit")) span.classList.remove("lit");
    for (const span of placesOf(chosen)) span.classList.add("lit");
  }
  function showPlace() {
    const [place] = placesOf(chosen), paper = $("#paper");
    if (!place) return;
    if (!isPhone()) return bring(paper, place);
    const from = lineOf(chosen) || $(`#evidence .chip[data-item="${CSS.escape(chosen)}"]`);
    if (!from) return;
    opener = `#evidence [data-pick="${CSS.escape(chosen)}"]`;
    sheet("paper", paper.innerHTML, from);
    const copyOf = $("#drawer .paper");
    for (const name of ["role", "tabindex", "aria-label"]) copyOf.setAttribute(name, paper.getAttribute(name));
    bring(copyOf, $(".at.lit", copyOf));
  }
  function isAway() {
    const [place] = placesOf(chosen);
    if (!place) return false;
    const at = place.getBoundingClientRect(), paper = $("#paper").getBoundingClientRect();
    return at.top < paper.top || at.top > paper.bottom - 24;
  }
  function bring(paper, place) {
    const top = place.getBoundingClientRect().top - paper.getBoundingClientRect().top + paper.scrollTop;
    paper.scrollTop = Math.max(0, top - paper.clientHeight / 3);
  }
  // What is typed, and what is open, outlives each drawing of the page. Gradio changes its parts by position, so a
  // field may also hold what was typed into the one that stood there before.
  let typed = new Map(), parts = new Map(), sentForm = "", profile = "";
  const forms = (element) => all("form[data-submit]", element);
  const formKey = (form) => [form.dataset.submit, ...all("input[type=hidden]", form).map((field) => field.value)].join(" ");
  const isChoice = (field) => field.type === "radio" || field.type === "checkbox";
  const fieldKey = (field) => `${formKey(field.form)}|${field.name}${isChoice(field) ? `=${field.value}` : ""}`;
  const fields = (form) => [...form.elements].filter((field) => field.name && field.type !== "hidden");
  function remember(field) {
    const form = field.closest?.("#evidence form[data-submit]");
    if (!form || !field.name) return;
    for (const one of field.type === "radio" ? fields(form).filter((other) => other.name === field.name) : [field]) {
      typed.set(fieldKey(one), isChoice(one) ? one.checked : one.value);
    }
  }
  function forget(key) {
    for (const name of [...typed.keys()]) if (name.startsWith(`${key}|`)) typed.delete(name);
  }
  document.addEventListener("change", (event) => remember(event.target));
  document.addEventListener("click", (event) => {
    const part = event.target.closest?.("#evidence summary")?.parentElement;
    if (part?.dataset.part) parts.set(part.dataset.part, !part.open);
    const cancel = event.target.closest?.("#evidence form [data-do=open]");
    if (cancel) forget(formKey(cancel.form));
  });
  function restore(element) {
    const whose = $("[data-profile]", element)?.dataset.profile || "";
    if (profile && whose !== profile) { typed.clear(); parts.clear(); }
    profile = whose;
    if (sentForm && !$(".error[role=alert]", element)) {
      forget(sentForm);
      if (sentForm === "save-form") parts.delete("form");
    }
    sentForm = "";
    for (const part of all("details[data-part]", element)) {
      if (parts.has(part.dataset.part)) part.open = parts.get(part.dataset.part);
    }
    for (const form of forms(element)) for (const field of fields(form)) put(field, typed.get(fieldKey(field)));
    const agency = $("[data-agency]", element), chosen = $("#profile-form input[name=persona]:checked", element);
    if (agency && chosen) agency.hidden = chosen.value !== "service-provider";
  }
  function put(field, value) {
    if (isChoice(field)) field.checked = value ?? field.defaultChecked;
    else if (field.tagName === "SELECT") field.value = value ?? ($("option[selected]", field)?.value || "");
    else if (field.value !== (value ?? field.defaultValue)) field.value = value ?? field.defaultValue;
  }
  const FIELDS = "#own-words, #add-words, #profile-label, #r-title, .sure [data-do=ask], .parsers input:checked";
  let opened = null;
  function evidenceDrawn(element) {
    chosen = $("[data-chosen]", element)?.dataset.chosen || (lineOf(chosen) ? chosen : "");
    rechoose();
    restore(element);
    const field = $(FIELDS, element), name = field ? field.id || field.name || "sure" : null;
    if (!onEvidence()) return;
    if (field && name !== opened) {
      field.focus();
      if (field.tagName === "TEXTAREA") field.setSelectionRange(field.value.length, field.value.length);
      if (field.id !== "r-title") field.closest("form, section").scrollIntoView({ block: "nearest" });
    }
    opened = name;
    if (!isPhone() && isAway()) showPlace();
    if (toSheet && placesOf(chosen).length) { toSheet = false; showPlace(); }
    if (document.activeElement === document.body && pressed && !pressed.isConnected) {
      ($("button", lineOf(chosen) || undefined) || $("#evidence .note:not([hidden])") || heading())?.focus({ preventScroll: true });
    }
  }

  // --- evidence: bringing files ------------------------------------------------------------------------------------------
  const LARGEST = window.inroadLargest;
  const picker = () => $("#upload-evidence")?.previousElementSibling;
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (input.type !== "file" || input !== picker()) return;
    const large = [...input.files].filter((file) => file.size > LARGEST);
    sending([...input.files].filter((file) => file.size <= LARGEST).map((file) => file.name));
    if (!large.length) return;
    fire("act", { do: "too-large", names: large.map((file) => file.name).join("\n") });
    const rest = new DataTransfer();
    for (const file of input.files) if (file.size <= LARGEST) rest.items.add(file);
    input.files = rest.files;
    if (!rest.files.length) event.stopImmediatePropagation();
  }, true);
  const carriesFiles = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
  for (const kind of ["dragenter", "dragover"]) document.addEventListener(kind, (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault(); // elsewhere too: a browser would leave the page for the file
    event.dataTransfer.dropEffect = onEvidence() ? "copy" : "none";
    root.toggleAttribute("data-dragging", onEvidence());
  });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) root.removeAttribute("data-dragging"); });
  document.addEventListener("drop", (event) => {
    root.removeAttribute("data-dragging");
    if (!carriesFiles(event)) return;
    event.preventDefault();
    const input = picker();
    if (!onEvidence() || !input) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  // What the first of several files holds can be looked at while the others are read.
  // On a slow line it takes a while until the server has anything to say.
  function sending(names) {
    $("#sending")?.remove();
    if (!names.length) return;
    const box = document.createElement("div");
    box.id = "sending";
    box.className = "i";
    box.innerHTML = '<section class="page imports" aria-label="Files being sent"><div class="panel"><ul class="steps"></ul></div>' +
      '<p class="sr" role="status"></p></section>';
    for (const name of names.slice(0, 50)) {
      const line = document.createElement("li");
      line.className = "waiting";
      line.innerHTML = '<span class="dot"></span><span class="text"><span class="name">Sending <bdi></bdi></span> <span class="result"></span></span>';
      $("bdi", line).textContent = name;
      $("ul", box).append(line);
    }
    $("#imports").after(box);
    $("[role=status]", box).textContent = names.length === 1 ? `Sending ${names[0]}` : `Sending ${names.length} files`;
  }
  function notSent() {
    for (const result of all("#sending .result")) result.textContent = "It did not arrive. Add it once more.";
    if ($("#sending")) say("It did not arrive. Add it once more.");
  }
  new PerformanceObserver((list) => {
    for (const { name, responseStatus } of list.getEntries()) {
      if (new URL(name).pathname.endsWith("/gradio_api/upload") && responseStatus !== undefined && responseStatus !== 200) notSent();
    }
  }).observe({ type: "resource" });
  let brought = 0;
  function importsDrawn(element) {
    $("#sending")?.remove();
    const done = all(".done", element).length;
    if (done > brought && $("[data-do=halt]", element)) fire("act", { do: "look-again", looking: chosen });
    brought = done;
  }
  // Another page of the same person may have changed something meanwhile.
  document.addEventListener("visibilitychange", () => { if (!document.hidden) fire("act", { do: "look-again", looking: chosen }); });

  // --- the letter: copying, editing ------------------------------------------------------------------------------------
  const editable = () => $("#letter[contenteditable]");
  function plain(letter) {
    const block = (node) => {
      const lines = all(":scope > .line", node);
      if (lines.length) return lines.map(inline).join("\n");
      return inline(node);
    };
    const paragraphs = all(":scope > p, :scope > div:not(.ghost)", letter);
    return (paragraphs.length ? paragraphs.map(block).join("\n\n") : inline(letter)).trim();
  }
  function inline(node) {
    let words = "";
    for (const child of node.childNodes) {
      if (child.nodeType === 3) words += child.data.replace(/[\t\u00a0 ]+/g, " ");
      else if (child.nodeName === "BR") words += "\n";
      else if (!child.classList.contains("mk") && !child.classList.contains("cursor")) words += inline(child);
    }
    return words.replace(/ +\n/g, "\n").trimStart();
  }
  async function copy(button) {
    const letter = $("#letter");
    const label = $("span", button);
    ask("act", { do: "copied" });
    try {
      await navigator.clipboard.writeText($("#plain")?.textContent || plain(letter));
      label.textContent = "Copied.";
      say("Copied.");
    } catch {
      getSelection().selectAllChildren(letter); // no clipboard without https: the person presses Ctrl+C
      label.textContent = "Press Ctrl+C";
    }
    setTimeout(() => { label.textContent = "Copy"; }, 2000);
  }

  let count = 0, pause, sent = null;
  function edited() {
    clearTimeout(pause);
    pause = setTimeout(check, 500);
    const subject = $("#subject");
    if (subject?.value !== undefined) {
      const n = [...subject.value].length;
      $("#subject-count").textContent = `${n} character${n === 1 ? "" : "s"}`;
    }
  }
  function check() {
    const letter = editable();
    if (!letter) return;
    sent = { n: String(++count), body: plain(letter) };
    fire("check", { do: "check", n: sent.n, subject: $("#subject").value, body: sent.body });
  }
  // Marks are redrawn as one types, which the browser's own undo does not survive: so this is ours.
  let past = [], kept = 0;
  document.addEventListener("beforeinput", (event) => {
    const letter = event.target.closest?.("#letter");
    if (!letter) return;
    if (event.inputType.startsWith("history")) { event.preventDefault(); return; }
    if (!past.length || Date.now() - kept > 600) past.push({ html: letter.innerHTML, at: caret(letter) });
    kept = Date.now();
  });
  document.addEventListener("keydown", (event) => {
    const letter = event.target.closest?.("#letter[contenteditable]");
    if (!letter || event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const before = event.shiftKey ? undefined : past.pop();
    if (!before) return;
    letter.innerHTML = before.html;
    if (before.at !== null) putCaret(letter, before.at);
    kept = 0;
    edited();
  });
  // Enter makes a new line of text, never a new element with marks in it.
  document.addEventListener("beforeinput", (event) => {
    if (event.target.closest?.("#letter") && event.inputType === "insertParagraph") {
      event.preventDefault();
      document.execCommand("insertLineBreak");
    }
  });
  // The caret, as a count of characters that are neither marks nor line breaks, which become paragraphs.
  function* texts(letter) {
    const walker = document.createTreeWalker(letter, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(".mk")) yield walker.currentNode;
  }
  function caret(letter) {
    const selection = getSelection();
    if (!selection.rangeCount || !letter.contains(selection.anchorNode)) return null;
    const before = document.createRange();
    before.setStart(letter, 0);
    before.setEnd(selection.anchorNode, selection.anchorOffset);
    let at = 0;
    for (const node of texts(letter)) {
      if (!before.intersectsNode(node)) break;
      const upto = node === before.endContainer ? before.endOffset : node.length;
      at += node.data.slice(0, upto).replaceAll("\n", "").length;
    }
    return at;
  }
  function putCaret(letter, at) {
    for (const node of texts(letter)) {
      const length = node.data.replaceAll("\n", "").length;
      if (at > length) { at -= length; continue; }
      let place = 0;
      for (; at > 0; place += 1) if (node.data[place] !== "\n") at -= 1;
      getSelection().collapse(node, place);
      return;
    }
  }
  function checked(answer) {
    const letter = editable();
    if (!letter || !sent || answer.n !== sent.n || plain(letter) !== sent.body) return; // typed on since
    const fresh = document.createElement("div");
    fresh.innerHTML = answer.letter;
    if (plain(fresh) === sent.body && fresh.innerHTML !== letter.innerHTML) {
      const at = document.activeElement === letter ? caret(letter) : null;
      letter.replaceChildren(...fresh.childNodes);
      if (at !== null) putCaret(letter, at);
    }
    $("#changes").innerHTML = answer.changes;
    $("#legend").innerHTML = answer.legend;
    $("#subject").classList.toggle("odd", answer.odd);
    $("#words").textContent = `${answer.words} words`;
    const odd = all("#changes .card").length;
    say(odd ? `${odd} change${odd === 1 ? "" : "s"} without a source` : "Every line has its source");
  }
  function save(answer) {
    const bytes = Uint8Array.from(atob(answer.data), (c) => c.charCodeAt(0));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
    link.download = answer.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  // --- when the server has drawn something ------------------------------------------------------------------------------
  const heading = () => all("h1").find((h) => h.offsetParent);
  let screen = "start";
  function drawn(element) {
    if (element.closest("#bar")) {
      const persona = $("[data-persona]", element)?.dataset.persona;
      const radio = persona && $(`#desk input[name=persona][value="${persona}"]`);
      if (radio) radio.checked = true;
      optionsDrawn();
      return;
    }
    if (element.closest("#wire")) {
      const words = $("pre", element)?.textContent;
      const answer = words ? JSON.parse(words) : {};
      if (answer.do === "checked") checked(answer);
      if (answer.do === "file") save(answer);
      if (answer.do === "gone") gone();
      return;
    }
    if ($("[data-gone]", element)) return gone();
    if (element.closest("#account")) return accountDrawn(element);
    if (element.closest("#saved, #admin")) return pageDrawn(element);
    if (element.closest("#evidence")) return evidenceDrawn(element);
    if (element.closest("#imports")) return importsDrawn(element);
    if (element.closest("#bulk")) return bulkDrawn(element);
    if (!element.closest("#stage")) return;
    relight();
    pickedDrawn();
    const subject = $("#subject[value]");
    if (subject && subject !== document.activeElement) subject.value = subject.getAttribute("value");
    if (!editable()) past = [];
    const now = stage()?.dataset.screen;
    if (now === screen) return;
    screen = now;
    if (root.dataset.page !== "write") return;
    // On a phone the form would fill the screen.
    if (isPhone() && now !== "start") scrollTo(0, element.getBoundingClientRect().top + scrollY - 64);
    else scrollTo(0, 0);
    const active = document.activeElement;
    if (now === "draft" || now === "problem" || now === "openings" || now === "paste") {
      if (!active || active === document.body) heading()?.focus({ preventScroll: true });
      if (now === "paste") $("#pasted")?.focus();
    }
    if (now === "start" && !isPhone() && active === document.body) $("#address")?.focus();
  }

  window.inroad = {
    connect(element, trigger, watch) {
      fire = trigger;
      this.watch(element, watch);
      setTimeout(() => { if (LOADS[root.dataset.page]) fire("act", { do: LOADS[root.dataset.page] }); });
    },
    watch(element, watch) { watch("value", () => drawn(element)); },
  };
  addEventListener("hashchange", page);
  shell();
})();
