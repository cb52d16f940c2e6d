// Passkeys: what the browser's own dialogue gives goes into a form, and the form goes its way. Where there are none, or not for this
// address, the form stays hidden and the page is as it is without script.

const areThere = 'PublicKeyCredential' in window && 'parseRequestOptionsFromJSON' in PublicKeyCredential && 'toJSON' in PublicKeyCredential.prototype;

/** Asks what to sign; what a form is guarded with guards this too. */
async function asked(form) {
  const token = new URLSearchParams({ 'form-token': form.elements['form-token'].value });
  const answer = await fetch(form.dataset.passkeyAsk, { method: 'POST', body: token, redirect: 'error' });
  if (!answer.ok) throw new Error(`refused: ${answer.status}`);
  return answer.json();
}

/** Shows a form and, when it is sent, lets `use` fetch what goes into it. */
function offer(form, use) {
  if (!areThere || form.dataset.passkeyFor !== location.hostname) return;
  const trouble = form.querySelector('[data-passkey-trouble]');
  const button = form.querySelector('button');
  form.hidden = false;
  document.querySelectorAll('[data-passkey-without]').forEach((words) => { words.hidden = true; });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    trouble.textContent = '';
    button.disabled = true;
    try {
      form.elements.credential.value = JSON.stringify(await use());
      form.submit();
    } catch {
      // They closed the dialogue, waited too long, or have no passkey here: the browser does not say which.
      trouble.textContent = trouble.dataset.passkeyTrouble;
      button.disabled = false;
      button.focus();
    }
  });
}

document.querySelectorAll('[data-passkey-ask]').forEach((form) => offer(form, async () =>
  navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(await asked(form)) })));
document.querySelectorAll('[data-passkey-make]').forEach((form) => offer(form, () =>
  navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(form.dataset.passkeyMake)) })));
