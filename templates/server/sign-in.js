// Exchanges the ticket behind the "#" of the link for a session. Its credential goes where Prefect's pages look for a password, and
// the place of our own pages where lead.js looks for it.
const credential = "prefect-password";
const place = "staffelstab-place";

const show = (id) => {
  for (const each of document.querySelectorAll("[data-state]")) each.hidden = each.id !== id;
};

const forget = () => {
  localStorage.removeItem(credential);
  localStorage.removeItem(place);
};

const headers = () => ({ Authorization: "Basic " + localStorage.getItem(credential) });

// A page that signed out leads here. Anybody's page can do so too: only the server knows whether the session has ended.
const forgetWhatHasEnded = async () => {
  if ((await fetch("/api/admin/version", { headers: headers() })).status === 401) forget();
};

const signIn = async () => {
  const ticket = location.hash.slice(1);
  if (location.search === "?out" && !ticket) await forgetWhatHasEnded();
  if (!ticket) {
    show(localStorage.getItem(credential) ? "out" : "refused");
    return;
  }
  history.replaceState(null, "", location.pathname);
  const answer = await fetch("/sign-in", { method: "POST", body: ticket });
  if (!answer.ok) {
    show("refused");
    return;
  }
  const session = await answer.json();
  localStorage.setItem(credential, session.credential);
  localStorage.setItem(place, session.place);
  location.replace(session.place);
};

document.getElementById("out-button").addEventListener("click", async () => {
  await fetch("/sign-out", { method: "POST", headers: headers() });
  forget();
  show("refused");
});
addEventListener("hashchange", signIn); // a link that is opened on this very page
signIn();
