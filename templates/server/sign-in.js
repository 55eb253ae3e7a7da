// Exchanges the ticket behind the "#" of the link for a session, and puts its credential where Prefect's pages look for a password.
const place = "prefect-password";

const show = (id) => {
  for (const each of document.querySelectorAll("[data-state]")) each.hidden = each.id !== id;
};

const signIn = async () => {
  const ticket = location.hash.slice(1);
  if (!ticket) {
    show(localStorage.getItem(place) ? "out" : "refused");
    return;
  }
  history.replaceState(null, "", location.pathname);
  const answer = await fetch("/sign-in", { method: "POST", body: ticket });
  if (!answer.ok) {
    show("refused");
    return;
  }
  localStorage.setItem(place, (await answer.json()).credential);
  location.replace("/v2/runs?state=Scheduled&sort=START_TIME_ASC");
};

document.getElementById("out-button").addEventListener("click", async () => {
  await fetch("/sign-out", { method: "POST", headers: { Authorization: "Basic " + localStorage.getItem(place) } });
  localStorage.removeItem(place);
  show("refused");
});
addEventListener("hashchange", signIn); // a link that is opened on this very page
signIn();
