'use strict';
// One run at a time: the site refuses a second one, so no button can be pressed meanwhile.
const buttons = () => document.querySelectorAll('button');
const lang = document.body.dataset.lang;

// What a comparison is doing is said in English by the one who does it.
const inThisLanguage = text => text
  .replace(/round (\d+) of (\d+): /, (_, round, rounds) => document.body.dataset.round.replace('#1', round).replace('#2', rounds))
  .replace('start and warm up: ', document.body.dataset.warmUp)
  .replace(/, (\d+) s$/, (_, seconds) => document.body.dataset.left.replace('#1', seconds));

function run(url, status, on) {
  const began = Date.now();
  let said = '';
  const clock = setInterval(() => {
    const seconds = Math.round((Date.now() - began) / 1000);
    status.textContent = said + ' ' + document.body.dataset.soFar.replace('#1', seconds);
  }, 200);
  buttons().forEach(button => { button.disabled = true; });
  status.classList.remove('failed');
  const source = new EventSource(url);
  const end = text => {
    source.close();
    clearInterval(clock);
    status.textContent = text;
    buttons().forEach(button => { button.disabled = false; });
  };
  source.addEventListener('progress', event => {
    said = inThisLanguage(event.data);
    if (on.progress) on.progress(event.data);
  });
  for (const name of ['html', 'text', 'report', 'connections']) {
    source.addEventListener(name, event => { if (on[name]) on[name](event.data); });
  }
  source.addEventListener('done', () => end(''));
  source.addEventListener('failed', event => { end(event.data); status.classList.add('failed'); });
  source.onerror = () => { end(document.body.dataset.gone); status.classList.add('failed'); };
}

// A cell for each connection: its letter and colour say what it does, its title the rest.
function drawConnections(section, json) {
  const seen = JSON.parse(json);
  const rows = [...section.querySelectorAll('tbody tr')];
  const texts = {};
  const said = [];
  for (const row of rows) {
    const {letter, word} = row.dataset;
    const count = seen.counts[word] || 0;
    const text = row.querySelector('span').textContent;
    texts[letter] = text;
    if (count) said.push(count + ' × ' + text);
    row.classList.toggle('none', count === 0);
    row.cells[1].textContent = count;
    row.cells[2].textContent = count && seen.longestMicros[word] ? seen.longestMicros[word].toLocaleString(lang) : '';
  }
  const cells = section.querySelector('.cells');
  while (cells.children.length > seen.doing.length) cells.lastChild.remove();
  while (cells.children.length < seen.doing.length) cells.append(document.createElement('i'));
  [...seen.doing].forEach((letter, at) => {
    const cell = cells.children[at];
    cell.className = 'd-' + letter;
    cell.textContent = letter;
    cell.title = `${at}: ${texts[letter]}; ${seen.waitedMicros[at].toLocaleString(lang)} µs; ${seen.replies[at].toLocaleString(lang)}`;
  });
  cells.setAttribute('aria-label', said.join(', '));
  section.hidden = false;
}

document.querySelectorAll('form.exhibit').forEach(form => {
  form.addEventListener('submit', event => {
    event.preventDefault();
    const article = form.closest('article');
    const guess = new FormData(form).get('guess') || '0';
    const query = new URLSearchParams({name: article.id, guess, lang});
    run('/exhibit?' + query, form.querySelector('.status'), {
      // Made by the lab itself, which has escaped every text in it.
      html: html => { article.querySelector('.output').innerHTML = html; },
    });
  });
});

document.querySelector('form.compare').addEventListener('submit', event => {
  event.preventDefault();
  const article = document.getElementById('compare');
  const data = new FormData(event.target);
  const query = new URLSearchParams({
    models: data.getAll('model').join(','), connections: data.get('connections'), mix: data.get('mix'), rounds: 7, lang,
  });
  const bar = article.querySelector('progress');
  const connections = article.querySelector('.connections');
  bar.hidden = false;
  bar.value = 0;
  article.querySelector('.report').hidden = true;
  run('/compare?' + query, article.querySelector('.status'), {
    progress: text => {
      bar.value = parseInt(text, 10);
      // "64 %, round 3 of 7: epoll, 3 s": whose connections these are.
      const server = /: ([^,]+),/.exec(text);
      const title = connections.querySelector('h3 span');
      if (server && title.textContent !== server[1]) {
        title.textContent = server[1];
        connections.querySelector('.cells').replaceChildren();
      }
    },
    connections: json => drawConnections(connections, json),
    text: text => { article.querySelector('pre').textContent = text; },
    report: url => {
      article.querySelector('.report a').href = url;
      bar.hidden = true;
      connections.hidden = true;
      article.querySelector('.report').hidden = false;
    },
  });
});
