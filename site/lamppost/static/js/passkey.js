// Asks the browser for a passkey, and sends its answer with the form.
"use strict";
const form = document.querySelector("form[data-passkey]");

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const words = (buffer) =>
  buffer
    ? btoa(String.fromCharCode(...new Uint8Array(buffer)))
        .replace(/\+/g, "-")
        .replace(/\//g, "_")
        .replace(/=+$/, "")
    : null;
const known = (list) => (list || []).map((key) => ({ ...key, id: bytes(key.id) }));

async function answer() {
  const options = JSON.parse(form.dataset.options);
  options.challenge = bytes(options.challenge);
  if (form.dataset.passkey === "make") {
    options.user.id = bytes(options.user.id);
    options.excludeCredentials = known(options.excludeCredentials);
    return navigator.credentials.create({ publicKey: options });
  }
  options.allowCredentials = known(options.allowCredentials);
  return navigator.credentials.get({ publicKey: options });
}

function told({ id, rawId, type, response }) {
  const said = { clientDataJSON: words(response.clientDataJSON) };
  if (response.attestationObject) {
    said.attestationObject = words(response.attestationObject);
    said.transports = response.getTransports ? response.getTransports() : [];
  } else {
    said.authenticatorData = words(response.authenticatorData);
    said.signature = words(response.signature);
    said.userHandle = words(response.userHandle);
  }
  return JSON.stringify({ id, rawId: words(rawId), type, response: said });
}

async function ask() {
  try {
    form.elements.credential.value = told(await answer());
    form.submit();
  } catch {
    form.querySelector("[role=status]").textContent = form.dataset.failed;
  }
}

if (form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  ask();
}
