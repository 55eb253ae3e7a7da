// On every page of Prefect's interface: whoever has not signed in is shown where to, in words, instead of a box for a password.
if (!localStorage.getItem("prefect-password")) location.replace("/sign-in");
