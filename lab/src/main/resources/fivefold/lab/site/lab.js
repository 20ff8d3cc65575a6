'use strict';
// One run at a time: the site refuses a second one, so no button can be pressed meanwhile.
const buttons = () => document.querySelectorAll('button');
const lang = document.body.dataset.lang;

function run(url, status, on) {
  const began = Date.now();
  let said = '';
  const clock = setInterval(() => {
    status.textContent = said + ' ' + Math.round((Date.now() - began) / 1000) + ' s';
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
    said = event.data;
    if (on.progress) on.progress(event.data);
  });
  for (const name of ['html', 'text', 'report']) {
    source.addEventListener(name, event => { if (on[name]) on[name](event.data); });
  }
  source.addEventListener('done', () => end(''));
  source.addEventListener('failed', event => { end(event.data); status.classList.add('failed'); });
  source.onerror = () => { end('the lab has gone'); status.classList.add('failed'); };
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
    models: data.getAll('model').join(','), connections: data.get('connections'), rounds: 7,
  });
  const bar = article.querySelector('progress');
  bar.hidden = false;
  bar.value = 0;
  article.querySelector('.report').hidden = true;
  run('/compare?' + query, article.querySelector('.status'), {
    progress: text => { bar.value = parseInt(text, 10); },
    text: text => { article.querySelector('pre').textContent = text; },
    report: () => { bar.hidden = true; article.querySelector('.report').hidden = false; },
  });
});
