// A classic script in the head: a kept theme is on the page before its first paint, without a flash of the other.
try {
  const kept = localStorage.getItem("theme");
  if (kept === "light" || kept === "dark") document.documentElement.dataset.theme = kept;
} catch {
  // The browser keeps nothing: the system's choice stands.
}
