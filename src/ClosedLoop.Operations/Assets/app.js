// Makes pages live and gives them keys. Every page works without it.
(() => {
  'use strict';
  const doc = document.documentElement;
  doc.classList.add('scripted');
  const store = {
    get(name) { try { return localStorage.getItem(name); } catch { return null; } },
    set(name, value) { try { localStorage.setItem(name, value); } catch { /* a browser that keeps nothing */ } },
  };
  const live = document.getElementById('live');

  // Times: UTC as the server writes them, or local; relative ones go on counting.
  let local = store.get('zone') === 'local';
  const pad = (n) => String(n).padStart(2, '0');
  const stamp = (date) => `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())} ${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
  const utc = (date) => date.toISOString().slice(0, 19).replace('T', ' ');
  const span = (s) => s < 60 ? `${s} s` : s < 3600 ? `${Math.floor(s / 60)} min` : s < 86400 ? `${Math.floor(s / 3600)} h ${Math.floor(s % 3600 / 60)} min` : `${Math.floor(s / 86400)} d`;
  const times = () => {
    for (const time of document.querySelectorAll('time[data-when]')) {
      const at = new Date(time.dateTime);
      const text = local ? stamp(at) : utc(at);
      const seconds = Math.round((Date.now() - at) / 1000);
      const shown = time.dataset.when === 'at' ? text : seconds >= 0 ? `${span(seconds)} ago` : `in ${span(-seconds)}`;
      if (time.textContent !== shown) time.textContent = shown;
      time.title = local ? `${text} local, ${utc(at)} UTC` : `${text} UTC`;
    }
    for (const head of document.querySelectorAll('table:has(time[data-when="at"]) th')) {
      const title = head.textContent.replace(/\((UTC|local)\)/, local ? '(local)' : '(UTC)');
      if (!head.children.length && head.textContent !== title) head.textContent = title;
    }
    for (const button of document.querySelectorAll('[data-zone]')) button.textContent = local ? 'local time' : 'UTC';
  };
  const zone = () => { local = !local; store.set('zone', local ? 'local' : 'utc'); times(); };

  // Live: the server says that something changed, the page looks at itself again and swaps what differs.
  let last = Date.now(), busy = false, due = false, spoken = Date.now(), failed = 0;
  const say = (text) => { if (live && live.textContent !== text) live.textContent = text; };
  const swap = (fresh) => {
    for (const part of document.querySelectorAll('[data-live][id]')) {
      const other = fresh.getElementById(part.id);
      if (!other || other.innerHTML === part.innerHTML) continue;
      // Nobody loses what he is typing, nor a sheet that he has opened.
      const focus = document.activeElement;
      if (part.contains(focus) && focus.matches('input, select, textarea')) continue;
      if (part.querySelector('details[open], input:checked')) continue;
      const key = focus && part.contains(focus) ? (focus.getAttribute('href') || '') : '';
      part.innerHTML = other.innerHTML;
      if (key) part.querySelector(`a[href="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
    }
    times();
  };
  const look = async () => {
    if (busy || document.hidden) { due = true; return; }
    busy = true; due = false;
    try {
      const answer = await fetch(location.href, { headers: { 'X-Live': '1' }, credentials: 'same-origin' });
      if (answer.redirected && new URL(answer.url).pathname === '/login') { location.reload(); return; }
      if (answer.ok) {
        swap(new DOMParser().parseFromString(await answer.text(), 'text/html'));
        last = Date.now();
        doc.classList.remove('stale', 'failing');
      } else if (answer.status >= 500) {
        failed = answer.status;
        doc.classList.add('failing');
      } else { last = Date.now(); /* the answer to a form: there is nothing newer to see */
      }
    } catch { /* the stream says that it is gone */ } finally {
      setTimeout(() => { busy = false; if (due) look(); }, 1500);
    }
  };
  if (live && document.body.dataset.section) {
    let source = null;
    const open = () => {
      if (source || document.hidden) return;
      source = new EventSource('/live');
      source.addEventListener('changed', look);
      source.addEventListener('quiet', look);
      source.onopen = () => { last = Date.now(); };
    };
    const close = () => { source?.close(); source = null; };
    document.addEventListener('visibilitychange', () => { if (document.hidden) close(); else { open(); look(); } });
    addEventListener('pagehide', close);
    open();
    setInterval(() => {
      times();
      const age = Math.round((Date.now() - last) / 1000);
      const stale = age > 35;
      doc.classList.toggle('stale', stale);
      // A reader who listens is told at most every ten seconds.
      if (Date.now() - spoken < 10000) return;
      spoken = Date.now();
      const failing = doc.classList.contains('failing');
      doc.classList.toggle('noted', stale || failing);
      say(stale || failing ? `${failing ? `the server answers with ${failed}; ` : ''}last update ${span(age)} ago, retrying` : `live, updated ${local ? stamp(new Date(last)) : utc(new Date(last)) + ' UTC'}`);
    }, 1000);
  }

  // Copying.
  const copy = (button) => {
    const what = button.dataset.copy;
    const text = what === 'link' ? location.href
      : what === 'curl' ? `curl -H "Authorization: Bearer $CLOSEDLOOP_KEY" "${location.origin}${button.dataset.api}"` : what;
    navigator.clipboard?.writeText(text).then(() => { const was = button.textContent; button.textContent = 'copied'; setTimeout(() => { button.textContent = was; }, 1200); });
  };
  const help = document.getElementById('help');
  document.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    if (button.dataset.copy !== undefined) copy(button);
    if (button.dataset.zone !== undefined) zone();
    if (button.dataset.help !== undefined) help?.showModal();
  });

  // Keys; those of a single letter can be switched off (WCAG 2.1.4).
  const box = document.querySelector('[data-keys]');
  let keys = store.get('keys') !== 'off';
  if (box) { box.checked = keys; box.addEventListener('change', () => { keys = box.checked; store.set('keys', keys ? 'on' : 'off'); }); }
  let going = false;
  const rows = () => [...document.querySelectorAll('tr[data-row]')];
  const move = (by) => {
    const all = rows();
    if (!all.length) return;
    const at = all.findIndex((row) => row.classList.contains('chosen'));
    all[at]?.classList.remove('chosen');
    const next = all[Math.min(all.length - 1, Math.max(0, at + by))] || all[0];
    next.classList.add('chosen');
    next.scrollIntoView({ block: 'nearest' });
    next.querySelector('a')?.focus({ preventScroll: true });
  };
  document.addEventListener('keydown', (event) => {
    const search = document.getElementById('q');
    if (event.key === 'Escape') {
      for (const sheet of document.querySelectorAll('details.confirm[open]')) { sheet.open = false; sheet.querySelector('summary')?.focus(); }
      if (document.activeElement === search) search.blur();
      return;
    }
    if (!keys || event.ctrlKey || event.metaKey || event.altKey || event.target.matches('input, select, textarea') || help?.open || document.getElementById('palette')?.open) return;
    if (going) {
      going = false;
      const entry = document.querySelector(`#nav a[data-key="${CSS.escape(event.key)}"]`);
      if (entry) { event.preventDefault(); entry.click(); }
      return;
    }
    switch (event.key) {
      case '/': event.preventDefault(); search?.focus(); break;
      case 'g': going = true; setTimeout(() => { going = false; }, 1500); break;
      case 'j': move(1); break;
      case 'k': move(-1); break;
      case 'x': { const box = document.querySelector('tr.chosen input[type="checkbox"]'); if (box) box.checked = !box.checked; break; }
      case 'p': {
        const form = document.querySelector('main form[action$="/pause"], main form[action$="/resume"]');
        const sheet = form?.closest('details');
        if (sheet) sheet.open = true;
        (form?.querySelector('input:not([type="hidden"])') || form?.querySelector('button'))?.focus();
        event.preventDefault();
        break;
      }
      case 't': zone(); break;
      case '?': help?.showModal(); break;
      default: break;
    }
  });
  times();
})();
