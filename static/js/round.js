/* Rows of the quarterly round are sent by htmx. Here: what to say when a row could not be sent, so
   that what was typed stays, and the token of a sign-in made meanwhile in another window. */

const SAID = {
  401: 'Neuloženo: přihlášení vypršelo. Přihlaste se v jiném okně a uložte řádek znovu.',
  403: 'Neuloženo: stránka už neplatí nebo na opatření nemáte právo. Přihlaste se v jiném okně a uložte řádek znovu.',
};
const OTHERWISE = 'Neuloženo: server neodpověděl. Napsané tu zůstalo, zkuste to za chvíli znovu.';

const say = (form, text) => {
  const place = form.querySelector('[data-said]');
  if (place) place.textContent = text;
};

document.addEventListener('htmx:configRequest', (event) => {
  const token = /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie);
  if (token) event.detail.parameters.csrfmiddlewaretoken = token[1];
  say(event.detail.elt, '');
});
document.addEventListener('htmx:responseError', (event) => {
  say(event.detail.elt, SAID[event.detail.xhr.status] ?? OTHERWISE);
});
document.addEventListener('htmx:sendError', (event) => say(event.detail.elt, OTHERWISE));
