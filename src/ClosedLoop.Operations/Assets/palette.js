// Ctrl+K: goes to any screen, presses any button of the page, finds what one types. Without it the search field stays.
(() => {
  'use strict';
  const palette = document.getElementById('palette'), field = document.getElementById('palette-q'), list = document.getElementById('palette-list');
  if (!palette?.showModal) return;
  let entries = [], at = 0;

  const press = (button) => {
    const sheet = button.closest('details.confirm');
    if (!sheet) { button.click(); return; }
    sheet.open = true;
    (sheet.querySelector('input:not([type="hidden"]), select, textarea') || sheet.querySelector('form button'))?.focus();
  };
  // Buttons of single rows stay with their rows: fifty of one name tell nobody which is meant.
  const actions = () => [...document.querySelectorAll('main details.confirm > summary, main form.act > button, footer button.js')]
    .filter((button) => !button.closest('table') && button.getClientRects().length > 0)
    .map((button) => ({ label: button.textContent.trim().replace(/…$/, ''), kind: 'do', run: () => press(button) }));
  const screens = () => [...document.querySelectorAll('#nav li a')]
    .map((link) => ({ label: (link.querySelector('.name') || link.firstChild).textContent.trim(), kind: 'screen', run: () => { location.href = link.href; } }));
  const go = (label, kind, path) => ({ label, kind, run: () => { location.href = path; } });
  const things = (text) => {
    const code = encodeURIComponent(text);
    const found = [];
    if (/^\d+$/.test(text)) found.push(go(`Mailing ${text}`, 'open', `/mailings/${text}`), go(`File ${text}`, 'open', `/files/${text}`));
    found.push(go(`Person or message ${text}`, 'find', `/recipients?q=${code}`), go(`Files named ${text}`, 'find', `/files?search=${code}`), go(`Mailings named ${text}`, 'find', `/mailings?search=${code}`));
    return text.includes('@') || /^\d+$/.test(text) || !/[._]/.test(text) ? found : [found[1], found[0], found[2]];
  };

  const mark = (next) => {
    at = entries.length ? (next + entries.length) % entries.length : 0;
    [...list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === at)));
    if (entries.length) { field.setAttribute('aria-activedescendant', `palette-${at}`); list.children[at].scrollIntoView({ block: 'nearest' }); }
  };
  const show = () => {
    const text = field.value.trim(), words = text.toLowerCase().split(/\s+/);
    const known = [...screens(), ...actions()].filter((entry) => words.every((word) => entry.label.toLowerCase().includes(word)));
    entries = text ? [...known, ...things(text)] : known;
    list.replaceChildren(...entries.map((entry, i) => {
      const item = document.createElement('li');
      item.id = `palette-${i}`;
      item.setAttribute('role', 'option');
      const kind = document.createElement('span');
      kind.className = 'dim';
      kind.textContent = entry.kind;
      item.append(entry.label, ' ', kind);
      item.addEventListener('click', () => choose(i));
      return item;
    }));
    mark(0);
  };
  const choose = (i) => { const entry = entries[i]; if (!entry) return; palette.close(); entry.run(); };

  field.addEventListener('input', show);
  field.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') mark(at + 1);
    else if (event.key === 'ArrowUp') mark(at - 1);
    else if (event.key === 'Enter') choose(at);
    else return;
    event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
    event.preventDefault();
    if (palette.open) { palette.close(); return; }
    field.value = '';
    palette.showModal();
    show();
    field.focus();
  });
})();
