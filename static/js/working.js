/* A form that takes a while says that work goes on, and is not sent twice. Without JavaScript the
   browser shows that by itself. */

for (const form of document.querySelectorAll('form[data-working]')) {
  const said = form.querySelector('[data-working-said]');
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = 'yes';
    if (said) said.textContent = said.dataset.text;
  });
  // Back from the next page, the form may be sent again.
  window.addEventListener('pageshow', () => delete form.dataset.sent);
}
