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

const signIn = async () => {
  const ticket = location.hash.slice(1);
  if (location.search === "?out") forget();
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
  await fetch("/sign-out", { method: "POST", headers: { Authorization: "Basic " + localStorage.getItem(credential) } });
  forget();
  show("refused");
});
addEventListener("hashchange", signIn); // a link that is opened on this very page
signIn();
