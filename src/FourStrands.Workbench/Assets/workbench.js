// Small comforts over pages that work without them: suggestions while typing, progress without reloading, a print button.
// Text is only ever set as text: nothing here makes markup from data.

/** Turns a search box into a combobox (ARIA Authoring Practices: list autocomplete with manual selection). */
function suggest(box) {
  const input = box.querySelector('input[type="search"], input[type="text"]');
  const chosen = box.dataset.suggestInto ? input.form.elements[box.dataset.suggestInto] : null;
  const list = document.createElement('ul');
  const status = document.createElement('p');
  list.id = `${input.id}-suggestions`;
  list.hidden = true;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Suggestions');
  status.className = 'visually-hidden';
  status.setAttribute('role', 'status');
  for (const [name, value] of Object.entries({ role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id, autocomplete: 'off' })) {
    input.setAttribute(name, value);
  }
  box.append(list, status);

  let active = -1;
  let asked = 0;
  let timer = 0;

  const options = () => [...list.children];
  const mark = (index) => {
    active = index;
    options().forEach((option, i) => option.setAttribute('aria-selected', String(i === index)));
    if (index < 0) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', options()[index].id);
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    mark(-1);
  };
  const choose = (option) => {
    if (chosen) {
      input.value = option.dataset.text;
      chosen.value = option.dataset.id;
      close();
    } else {
      location.assign(`/entity/${option.dataset.id}`);
    }
  };
  const show = (found) => {
    list.replaceChildren(...found.map((item, i) => {
      const option = document.createElement('li');
      const text = document.createElement('span');
      const kind = document.createElement('span');
      text.textContent = item.text;
      text.dir = 'auto';
      kind.textContent = item.kind;
      option.id = `${list.id}-${i}`;
      option.dataset.id = item.id;
      option.dataset.text = item.text;
      option.setAttribute('role', 'option');
      option.setAttribute('aria-selected', 'false');
      option.append(text, kind);
      option.addEventListener('mousedown', (event) => event.preventDefault());
      option.addEventListener('click', () => choose(option));
      return option;
    }));
    list.hidden = found.length === 0;
    input.setAttribute('aria-expanded', String(found.length > 0));
    mark(-1);
    status.textContent = found.length === 0 ? '' : `${found.length} suggestion${found.length === 1 ? '' : 's'}. Use the up and down arrows to choose.`;
  };
  const ask = async () => {
    const text = input.value.trim();
    const mine = ++asked;
    if (text.length < 2) return close();
    try {
      const answer = await fetch(`/search/suggest?q=${encodeURIComponent(text)}`, { headers: { Accept: 'application/json' }, redirect: 'error' });
      const found = answer.ok ? await answer.json() : [];
      if (mine === asked && document.activeElement === input) show(found);
    } catch {
      // Of an earlier question nobody waits for an answer.
      if (mine === asked) close();
    }
  };

  input.addEventListener('input', () => {
    if (chosen) chosen.value = '';
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });
  input.addEventListener('keydown', (event) => {
    const count = options().length;
    if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      close();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && count > 0) {
      event.preventDefault();
      // An answer that comes late must not take away the list in which somebody is choosing.
      clearTimeout(timer);
      asked++;
      list.hidden = false;
      input.setAttribute('aria-expanded', 'true');
      const step = event.key === 'ArrowDown' ? 1 : -1;
      mark(active < 0 ? (step > 0 ? 0 : count - 1) : (active + step + count) % count);
    } else if (event.key === 'Enter' && active >= 0 && !list.hidden) {
      event.preventDefault();
      choose(options()[active]);
    }
  });
  input.addEventListener('blur', () => {
    asked++;
    close();
  });
}

/** Follows work that goes on behind the page, and goes to its result when it is done. */
async function follow(place) {
  const bar = place.querySelector('progress');
  const words = place.querySelector('[role="status"]');
  for (;;) {
    await new Promise((resume) => setTimeout(resume, 700));
    try {
      const answer = await fetch(place.dataset.follow, { headers: { Accept: 'application/json' }, redirect: 'error' });
      if (!answer.ok) return location.reload();
      const state = await answer.json();
      if (state.finished) return location.reload();
      if (words.textContent !== state.words) words.textContent = state.words;
      if (state.share === null) bar.removeAttribute('value');
      else bar.value = state.share;
    } catch {
      // The workbench may be restarting: ask again.
    }
  }
}

document.querySelectorAll('[data-suggest]').forEach(suggest);
document.querySelectorAll('[data-follow]').forEach(follow);
document.querySelectorAll('[data-print]').forEach((button) => {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
});
document.querySelectorAll('[data-copy]').forEach((button) => {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = 'Copied';
  });
});
document.querySelector('.ds_error-summary')?.focus();
