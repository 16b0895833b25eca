/* The report form by keys: 1 to 4 choose what happened unless one is writing, Ctrl+Enter sends.
   Keeping the draft is htmx's; here it is only told when that fails. Without this script and
   without htmx the buttons do all. */

const form = document.getElementById('hlaseni');
const failed = document.getElementById('neulozeno');
const WRITING = 'textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])';

/* What is counted all the time needs no button, but Enter in a field still presses it. */
form.querySelectorAll('[data-without-script]').forEach((button) => {
  button.classList.add('visually-hidden');
  button.tabIndex = -1;
});

function choose(key) {
  const label = form.querySelector(`kbd[data-key="${key}"]`)?.closest('label');
  const radio = label?.querySelector('input[type=radio]');
  if (!radio) return false;
  radio.focus();
  radio.click();
  return true;
}

document.addEventListener('keydown', (event) => {
  if (event.altKey || event.metaKey) return;
  if (event.key === 'Enter' && event.ctrlKey) {
    event.preventDefault();
    form.requestSubmit(form.querySelector('[data-send]'));
  } else if (!event.ctrlKey && !event.target.closest(WRITING) && /^[1-4]$/.test(event.key)) {
    if (choose(event.key)) event.preventDefault();
  }
});

const show = (isFailed) => () => {
  if (failed) failed.hidden = !isFailed;
};
for (const name of ['htmx:responseError', 'htmx:sendError', 'htmx:timeout']) {
  document.body.addEventListener(name, show(true));
}
document.body.addEventListener('htmx:afterOnLoad', show(false));

/* The same status is not read aloud again after each pause in writing. */
document.body.addEventListener('htmx:oobBeforeSwap', (event) => {
  const { target, fragment } = event.detail;
  if (target.id !== 'stav-bude') return;
  const words = (node) => node.textContent.replace(/\s+/g, ' ').trim();
  if (words(fragment) === words(target)) event.detail.shouldSwap = false;
});

/* After a sign-in in another window the form has its new mark and may keep itself. */
document.body.addEventListener('htmx:afterSettle', (event) => {
  if (event.detail.target.querySelector?.('[data-again]')) {
    document.body.dispatchEvent(new Event('hlaseni:znovu'));
  }
});
