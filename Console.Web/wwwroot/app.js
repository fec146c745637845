// The little that a browser has to do by itself: theme and frame before the circuit is up, times that tick, and focus.
(() => {
  const root = document.documentElement;
  const year = 31536000;
  const setCookie = (name, value) => {
    document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${value === "" ? 0 : year}; samesite=lax` + (location.protocol === "https:" ? "; secure" : "");
  };
  const cookie = name => {
    const found = document.cookie.split("; ").find(part => part.startsWith(name + "="));
    return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
  };

  // ---- zone: told once, so that the next page is written in the viewer's own time
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  if (cookie("ops-zone-browser") !== zone) setCookie("ops-zone-browser", zone);

  // ---- times: the server writes an instant, the browser keeps its distance true
  const serverNow = Number(document.querySelector("meta[name=server-time]")?.content) || Date.now();
  const skew = serverNow - (performance.timeOrigin + (performance.getEntriesByType("navigation")[0]?.responseStart || performance.now()));
  const pad = n => String(n).padStart(2, "0");
  const span = seconds => {
    if (seconds < 9.95) return seconds < 0.95 ? "now" : Math.round(seconds) + " s";
    if (seconds < 60) return Math.floor(seconds) + " s";
    if (seconds < 3600) return Math.floor(seconds / 60) + " min";
    if (seconds < 86400) return Math.floor(seconds / 3600) + " h " + Math.floor(seconds % 3600 / 60) + " min";
    return Math.floor(seconds / 86400) + " d";
  };
  const elapsed = seconds => {
    seconds = Math.max(0, Math.floor(seconds));
    if (seconds < 60) return seconds + " s";
    if (seconds < 3600) return Math.floor(seconds / 60) + " min " + pad(seconds % 60) + " s";
    if (seconds < 86400) return Math.floor(seconds / 3600) + " h " + pad(Math.floor(seconds % 3600 / 60)) + " min";
    return Math.floor(seconds / 86400) + " d " + Math.floor(seconds % 86400 / 3600) + " h";
  };
  const relative = (ms, style) => {
    const seconds = (Date.now() + skew - ms) / 1000;
    if (style === "elapsed") return elapsed(seconds);
    if (style === "until") return seconds >= 0 ? "now" : elapsed(-seconds);
    if (seconds < 0) return seconds > -1 ? "now" : "in " + span(-seconds);
    const text = span(seconds);
    return style === "ago" && text !== "now" ? text + " ago" : text;
  };
  const tick = () => {
    if (document.hidden) return;
    for (const node of document.querySelectorAll("time[data-tick]")) {
      const text = relative(Number(node.dataset.at), node.dataset.tick);
      const first = node.firstChild;
      if (first && first.nodeType === 3 && first.nodeValue !== text) first.nodeValue = text;
    }
  };
  setInterval(tick, 1000);
  document.addEventListener("visibilitychange", tick);

  // ---- theme, folded frame, menus, copying, reconnecting: one listener each, by attribute
  const themes = ["", "light", "dark"];
  const nameTheme = () => {
    const now = root.dataset.theme || "";
    for (const button of document.querySelectorAll("[data-theme-switch]")) {
      const text = `Theme: ${now || "as the system"}. Press for ${themes[(themes.indexOf(now) + 1) % 3] || "as the system"}.`;
      button.title = text;
      button.setAttribute("aria-label", text);
    }
  };
  const copied = button => {
    const before = button.getAttribute("aria-label");
    button.classList.add("copied");
    button.setAttribute("aria-label", "Copied");
    setTimeout(() => { button.classList.remove("copied"); button.setAttribute("aria-label", before); }, 1500);
  };
  const actions = {
    themeSwitch: () => {
      const next = themes[(themes.indexOf(root.dataset.theme || "") + 1) % 3];
      if (next) root.dataset.theme = next; else delete root.dataset.theme;
      setCookie("ops-theme", next);
      nameTheme();
    },
    navFold: () => {
      const folded = root.dataset.nav !== "folded";
      if (folded) root.dataset.nav = "folded"; else delete root.dataset.nav;
      setCookie("ops-nav", folded ? "folded" : "");
    },
    zone: target => { setCookie("ops-zone", target.dataset.zone); location.reload(); },
    copy: async target => {
      try { await navigator.clipboard.writeText(target.dataset.copy); copied(target); } catch { window.prompt("Copy this text:", target.dataset.copy); }
    },
    reload: () => location.reload(),
    print: () => print(),
    // What was pasted goes the way of a chosen file: in pieces, and not as one message that would be too large.
    fileFrom: target => {
      const files = new DataTransfer();
      files.items.add(new File([document.getElementById(target.dataset.fileFrom).value], target.dataset.fileName, { type: "application/json" }));
      const field = document.getElementById(target.dataset.fileTo);
      field.files = files.files;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    },
    reconnect: async () => { if (!await window.Blazor?.reconnect?.()) location.reload(); },
  };
  document.addEventListener("click", event => {
    const target = event.target.closest?.("[data-theme-switch],[data-nav-fold],[data-zone],[data-copy],[data-print],[data-reload],[data-reconnect],[data-file-from]");
    if (target) for (const name of Object.keys(actions)) if (name in target.dataset) actions[name](target);
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target) || event.target.closest("a")) menu.open = false;
  });
  document.addEventListener("submit", event => {
    const input = event.target.querySelector?.("[data-zone-input]");
    if (!input) return;
    event.preventDefault();
    try { new Intl.DateTimeFormat("en", { timeZone: input.value.trim() }); } catch { input.setAttribute("aria-invalid", "true"); return; }
    setCookie("ops-zone", input.value.trim());
    location.reload();
  });
  const typing = node => node?.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node?.tagName || "");
  // The page on which somebody went into a field: on the page that opens now, or on the one before.
  let enteredAt = "";
  for (const entering of ["focusin", "pointerdown", "keydown"]) document.addEventListener(entering, () => { enteredAt = location.href; }, true);
  document.addEventListener("keydown", event => {
    if (event.key === "Escape") for (const menu of document.querySelectorAll("details.menu[open]")) { menu.open = false; menu.querySelector("summary").focus(); }
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(document.activeElement) || document.querySelector("dialog[open]")) return;
    const box = document.querySelector("[data-query] input") || document.querySelector("[data-quick-open]");
    if (!box) return;
    event.preventDefault();
    box.closest("details")?.setAttribute("open", "");
    box.focus();
    box.select();
  });
  document.addEventListener("DOMContentLoaded", () => {
    nameTheme();
    window.Blazor?.registerCustomEventType("queryinput", { createEventArgs: event => event.detail });
    // A console that is restarted is back within seconds: ask often at first, then every five seconds, and do not give up.
    window.Blazor?.start({ circuit: { reconnectionOptions: { maxRetries: 10000, retryIntervalMilliseconds: tries => tries < 5 ? 500 : Math.min(5000, tries * 300) } } });
    const notice = document.getElementById("components-reconnect-modal");
    // Refused means that the server has no such circuit any more: only a new page helps.
    if (notice) new MutationObserver(() => notice.classList.contains("components-reconnect-rejected") && location.reload()).observe(notice, { attributeFilter: ["class"] });
  });

  // ---- fields that offer what fits: filtered here, so that no letter waits for the server
  const comboOf = node => node?.closest?.("[data-combo]");
  const comboParts = combo => ({ input: combo.querySelector("input"), list: combo.querySelector("ul") });
  const comboActive = (input, option) => {
    for (const other of input.closest("[data-combo]").querySelectorAll("li.active")) other.classList.remove("active");
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.id ||= `${input.id}-option-${[...option.parentNode.children].indexOf(option)}`;
    option.classList.add("active");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  };
  const comboShow = (combo, isShown, words = []) => {
    const { input, list } = comboParts(combo);
    let count = 0;
    if (isShown) for (const option of list.children) {
      const text = option.textContent.toLowerCase();
      option.hidden = !words.every(word => text.includes(word)) || ++count > 200;
    }
    list.hidden = !isShown || count === 0;
    list.classList.toggle("up", !list.hidden && innerHeight - input.getBoundingClientRect().bottom < 300 && input.getBoundingClientRect().top > 360);
    input.setAttribute("aria-expanded", String(!list.hidden));
    comboActive(input, list.hidden || words.length ? null : [...list.children].find(option => option.dataset.value === input.value));
  };
  const comboTake = option => {
    const combo = comboOf(option), { input } = comboParts(combo);
    input.value = option.dataset.value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
    comboShow(combo, false);
  };
  const comboMove = (combo, step) => {
    const { input, list } = comboParts(combo);
    if (list.hidden) return comboShow(combo, true);
    const options = [...list.children].filter(option => !option.hidden);
    const at = options.findIndex(option => option.classList.contains("active"));
    comboActive(input, options[at < 0 && step < 0 ? options.length - 1 : (at + step + options.length) % options.length]);
  };
  document.addEventListener("input", event => {
    const combo = event.isTrusted && comboOf(event.target);
    if (combo) comboShow(combo, true, event.target.value.toLowerCase().split(/[\s_]+/).filter(Boolean));
  });
  document.addEventListener("mousedown", event => {
    const option = event.target.closest?.("[data-combo] li");
    if (option) { event.preventDefault(); comboTake(option); }
    else if (event.target.matches?.("[data-combo] input")) { const combo = comboOf(event.target); comboShow(combo, comboParts(combo).list.hidden); }
    for (const open of document.querySelectorAll("[data-combo]:has(ul:not([hidden]))")) if (!open.contains(event.target)) comboShow(open, false);
  });
  document.addEventListener("focusout", event => { const combo = comboOf(event.target); if (combo) comboShow(combo, false); });
  document.addEventListener("keydown", event => {
    const combo = event.target.matches?.("[data-combo] input") && comboOf(event.target);
    if (!combo) return;
    const { list } = comboParts(combo);
    const active = !list.hidden && list.querySelector("li.active");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") comboMove(combo, event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && active) comboTake(active);
    else if (event.key === "Escape" && !list.hidden) comboShow(combo, false);
    else return;
    event.preventDefault();
  });

  // ---- searches: tokens that stand, text that is typed, and a list of what fits (QueryBox)
  const queryOf = node => node?.closest?.("[data-query]");
  const queryParts = form => ({ input: form.querySelector("input"), pop: form.querySelector(".pop"), list: form.querySelector("[role=listbox]"), under: form.querySelector(".under") });
  const queryTokens = form => [...form.querySelectorAll("[data-text]")].filter(token => !token.hidden);
  const queryText = form => [...queryTokens(form).map(token => token.dataset.text), queryParts(form).input.value.trim()].filter(Boolean).join(" ");
  const queryActive = (input, option) => {
    for (const other of queryOf(input).querySelectorAll("li.active")) { other.classList.remove("active"); other.setAttribute("aria-selected", "false"); other.removeAttribute("id"); }
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.id = `${input.id}-option-${[...option.parentNode.children].indexOf(option)}`;
    option.classList.add("active");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  };
  const queryShow = (form, isShown) => {
    const { input, pop, list } = queryParts(form);
    pop.hidden = !isShown || list.children.length === 0;
    input.setAttribute("aria-expanded", String(!pop.hidden));
    // An answer may come after the choice, to a letter typed before it: what is chosen and still offered stays chosen.
    queryActive(input, pop.hidden ? null : list.querySelector("li.active"));
  };
  const queryAsk = form => {
    const { input, under } = queryParts(form);
    queryActive(input, null);
    under.toggleAttribute("data-stale", under.dataset.for !== input.value);
    const before = queryTokens(form).map(token => token.dataset.text).join(" ");
    input.dispatchEvent(new CustomEvent("queryinput", { bubbles: true, detail: { before, text: input.value, caret: input.selectionStart ?? input.value.length } }));
  };
  // The word at the cursor: a term with its quotes, without the signs before it.
  const queryWord = input => {
    const text = input.value, caret = input.selectionStart ?? text.length;
    let from = 0, quoted = false, to = caret;
    for (let at = 0; at < caret; at++) {
      if (text[at] === "\\" && quoted) at++;
      else if (text[at] === '"') quoted = !quoted;
      else if (!quoted && /[\s(]/.test(text[at])) from = at + 1;
    }
    while (from < caret && /[-!]/.test(text[from])) from++;
    while (to < text.length && !/[\s)]/.test(text[to])) to++;
    return { from, to };
  };
  const queryTake = option => {
    const form = queryOf(option), { input } = queryParts(form), { from, to } = queryWord(input), taken = option.dataset.take;
    const rest = input.value.slice(to);
    input.value = input.value.slice(0, from) + taken + (taken.endsWith(" ") ? rest.replace(/^\s+/, "") : rest);
    input.setSelectionRange(from + taken.length, from + taken.length);
    input.focus();
    queryAsk(form);
  };
  const queryEdit = token => {
    const form = queryOf(token), { input } = queryParts(form);
    input.value = [token.dataset.text, input.value.trim()].filter(Boolean).join(" ");
    token.hidden = true;
    input.focus();
    input.setSelectionRange(token.dataset.text.length, token.dataset.text.length);
    queryAsk(form);
  };
  const queryReset = form => {
    const { input } = queryParts(form);
    for (const token of form.querySelectorAll("[data-text]")) token.hidden = false;
    input.value = form.dataset.draft || "";
    queryShow(form, false);
  };
  const queryMove = (form, step) => {
    const { input, pop, list } = queryParts(form);
    if (pop.hidden) return queryAsk(form);
    const options = [...list.children], at = options.findIndex(option => option.classList.contains("active"));
    queryActive(input, options[at < 0 && step < 0 ? options.length - 1 : (at + step + options.length) % options.length]);
  };
  document.addEventListener("submit", event => {
    const form = event.target.closest?.("[data-query]");
    if (!form) return;
    event.preventDefault();
    const text = queryText(form), address = form.getAttribute("action") + (text ? "?q=" + encodeURIComponent(text) : "");
    queryShow(form, false);
    if (window.Blazor?.navigateTo) window.Blazor.navigateTo(address); else location.href = address;
  });
  document.addEventListener("input", event => { const form = event.isTrusted && queryOf(event.target); if (form) queryAsk(form); });
  document.addEventListener("focusin", event => { if (event.target.matches?.("[data-query] input")) queryAsk(queryOf(event.target)); });
  document.addEventListener("focusout", event => { const form = event.target.matches?.("[data-query] input") && queryOf(event.target); if (form) queryShow(form, false); });
  document.addEventListener("mousedown", event => {
    const option = event.target.closest?.("[data-query] [role=listbox] > li");
    if (option) { event.preventDefault(); queryTake(option); }
    else if (event.target.closest?.("[data-query] .pop")) event.preventDefault();
    else if (event.target.matches?.("[data-query]")) { event.preventDefault(); queryParts(event.target).input.focus(); }
  });
  document.addEventListener("click", event => { const token = event.target.closest?.("[data-query-edit]"); if (token) queryEdit(token.closest("[data-text]")); });
  document.addEventListener("scroll", event => {
    const form = event.target.matches?.("[data-query] input") && queryOf(event.target);
    if (form) queryParts(form).under.scrollLeft = event.target.scrollLeft;
  }, true);
  document.addEventListener("keydown", event => {
    const form = event.target.matches?.("[data-query] input") && queryOf(event.target);
    if (!form || event.isComposing) return;
    const { input, pop, list } = queryParts(form), active = !pop.hidden && list.querySelector("li.active");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") queryMove(form, event.key === "ArrowDown" ? 1 : -1);
    else if ((event.key === "Enter" || event.key === "Tab" && !event.shiftKey) && active) queryTake(active);
    else if (event.key === "Escape" && !pop.hidden) queryShow(form, false);
    else if (event.key === "Escape" && queryTokens(form).length < form.querySelectorAll("[data-text]").length) queryReset(form);
    else if (event.key === "Backspace" && input.selectionEnd === 0 && queryTokens(form).length) queryEdit(queryTokens(form).at(-1));
    else return;
    event.preventDefault();
  });
  // What the server answers: another search takes the place of what was typed, help is shown to who is typing.
  new MutationObserver(changes => {
    for (const { target, attributeName } of changes) {
      const form = queryOf(target);
      if (!form) continue;
      const { input, under } = queryParts(form);
      if (attributeName === "data-version") queryReset(form);
      if (attributeName === "data-answer" && document.activeElement === input) queryShow(form, true);
      under.toggleAttribute("data-stale", under.dataset.for !== input.value);
      under.scrollLeft = input.scrollLeft;
    }
  }).observe(document, { subtree: true, attributeFilter: ["data-version", "data-answer", "data-for"] });

  // ---- called by components
  window.ops = {
    openDialog: dialog => {
      if (!dialog || dialog.open) return;
      dialog.addEventListener("cancel", event => { event.preventDefault(); dialog.querySelector("[data-dismiss]")?.click(); }, { once: false });
      dialog.showModal();
    },
    focusOn: id => {
      const element = document.getElementById(id);
      element?.focus({ preventScroll: true });
      element?.scrollIntoView({ block: "center" });
    },
    focusFault: () => {
      const fault = document.querySelector('main [aria-invalid="true"]');
      fault?.focus({ preventScroll: true });
      fault?.scrollIntoView({ block: "center" });
    },
    focusHeading: () => {
      const busy = document.activeElement;
      if (typing(busy) && (busy.value || enteredAt === location.href)) return;
      const heading = document.querySelector("h1");
      if (!heading) return;
      if (heading.tabIndex < 0 && !heading.hasAttribute("tabindex")) heading.setAttribute("tabindex", "-1");
      heading.focus({ preventScroll: true });
    },
    scrollToEnd: element => { if (element) element.scrollTop = element.scrollHeight; },
    // Keys of a list act only while nobody types: the page says which keys, and gets the one that was pressed.
    listenKeys: (owner, keys) => {
      const handler = event => {
        if (event.ctrlKey || event.metaKey || event.altKey || typing(document.activeElement) && document.activeElement.type !== "checkbox" || document.querySelector("dialog[open]")) return;
        const onControl = document.activeElement?.closest("a,button,summary,[role=button]");
        if (!keys.includes(event.key) || event.key === "Enter" && onControl) return;
        event.preventDefault();
        owner.invokeMethodAsync("OnKeyAsync", event.key).then(() => document.querySelector("[data-cursor]")?.scrollIntoView({ block: "nearest" }));
      };
      document.addEventListener("keydown", handler);
      return { dispose: () => document.removeEventListener("keydown", handler) };
    },
  };
})();
