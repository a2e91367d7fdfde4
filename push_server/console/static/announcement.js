/** The editor of a notice: shows the fields that matter, and what people will see while it is typed. */

const REST = 300;
const form = document.querySelector("#notice");
const look = document.querySelector("#look");
const late = document.querySelector("#look-late");

const chosen = (name) => {
  const found = form.querySelector(`[name="${name}"]:checked`);
  return found ? found.value : "";
};

/** Fields that the choices of others make no matter are out of the way; what stands in them stays. */
function arrange() {
  const now = [chosen("about"), chosen("when")];
  for (const part of form.querySelectorAll("[data-for]")) part.hidden = !now.includes(part.dataset.for);
  const words = form.querySelector('label[for="body"]');
  if (words) words.textContent = now[0] === "hours" ? "原因" : "正文";
}

let timer = null;
let turn = 0;

/** The server says how it looks: it knows the hours and the people. */
async function preview() {
  const mine = ++turn;
  let text = "";
  try {
    const answer = await fetch(form.dataset.look, { method: "POST", body: new FormData(form) });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    text = await answer.text();
  } catch {
    late.hidden = false;
    return;
  }
  if (mine !== turn) return; // somebody has gone on typing
  late.hidden = true;
  const made = new DOMParser().parseFromString(text, "text/html");
  look.textContent = "";
  while (made.body.firstChild) look.append(made.body.firstChild);
}

form.addEventListener("input", () => {
  arrange();
  clearTimeout(timer);
  timer = setTimeout(preview, REST);
});
form.addEventListener("change", arrange);
arrange();
