// From an address that outlives a session to the same page of this browser's own session; without one, to signing in.
const place = localStorage.getItem("staffelstab-place");
const ended = new URLSearchParams(location.search).get("ended"); // where a session that is over had its pages
const rest = location.pathname.replace(/^\/(open\/)?/, "");

if (place && !(ended && ended.length === 8 && place.startsWith("/s/" + ended))) {
  location.replace(place + rest);
} else {
  localStorage.removeItem("staffelstab-place");
  document.getElementById("first").hidden = false;
}
