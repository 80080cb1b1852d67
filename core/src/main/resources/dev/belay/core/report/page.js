'use strict';
(() => {
  const WAIT = 150;
  const lower = text => text.toLocaleLowerCase('en');

  // One section for each run of the page; each has its own search and filter.
  for (const section of document.querySelectorAll('section.hosts')) {
    const tools = section.querySelector('.tools');
    const search = tools.querySelector('input[type=search]');
    const boxes = [...tools.querySelectorAll('input[type=checkbox]')];
    const said = tools.querySelector('.said');
    const nothing = section.querySelector('.nothing');
    const hosts = [...section.querySelectorAll('details.host')].map(host => ({
      element: host,
      name: lower(host.querySelector('h3').textContent),
      rows: [...host.querySelectorAll('li.play, li.item')].map(row => ({
        element: row,
        status: row.dataset.status,
        text: null
      }))
    }));

    const fits = (host, row, words, statuses) => {
      if (!statuses.has(row.status)) return false;
      if (words.length === 0) return true;
      row.text ??= host.name + '\n' + lower(row.element.textContent);
      return words.every(word => row.text.includes(word));
    };

    const show = () => {
      const words = lower(search.value).split(/\s+/).filter(word => word !== '');
      const statuses = new Set(boxes.filter(box => box.checked).map(box => box.value));
      const all = words.length === 0 && statuses.size === boxes.length;
      let shown = 0;
      for (const host of hosts) {
        let play = null, inHost = 0, inPlay = 0;
        for (const row of host.rows) {
          if (row.status === undefined) {
            if (play) play.hidden = inPlay === 0;
            play = row.element;
            inPlay = 0;
          } else {
            row.element.hidden = !fits(host, row, words, statuses);
            if (!row.element.hidden) { inPlay++; inHost++; }
          }
        }
        if (play) play.hidden = inPlay === 0;
        host.element.hidden = inHost === 0 && !all;
        if (words.length > 0 && inHost > 0) host.element.open = true;
        shown += inHost;
      }
      nothing.hidden = shown > 0 || all;
      said.textContent = all ? '' : shown + ' shown';
    };

    let timer;
    search.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(show, WAIT); });
    boxes.forEach(box => box.addEventListener('change', show));
    const fold = open => section.querySelectorAll('details').forEach(each => { each.open = open; });
    tools.querySelector('.unfold').addEventListener('click', () => fold(true));
    tools.querySelector('.fold').addEventListener('click', () => fold(false));
    tools.hidden = false;
    show(); // a browser that comes back to the page may have kept what was typed
  }

  // What is folded is printed too.
  let folded = [];
  addEventListener('beforeprint', () => {
    folded = [...document.querySelectorAll('details:not([open])')];
    folded.forEach(each => { each.open = true; });
  });
  addEventListener('afterprint', () => folded.forEach(each => { each.open = false; }));

  // The keys that people try: a slash searches, Escape gives all back.
  addEventListener('keydown', event => {
    const typing = event.target instanceof HTMLInputElement && event.target.type === 'search';
    const first = document.querySelector('.tools input[type=search]');
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && first) {
      first.focus();
      event.preventDefault();
    } else if (event.key === 'Escape' && typing && event.target.value !== '') {
      event.target.value = '';
      event.target.dispatchEvent(new Event('input'));
    }
  });
})();
