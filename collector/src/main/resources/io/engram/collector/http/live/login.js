// The login, where the collector asks for a token, and the warning where it should and does not.

import { make, say, text } from "./dom.js";

const SESSION = "api/v1/session";

/**
 * Asks for a token if one is needed and none was given; the page begins again with it.
 *
 * @returns whether it asks
 */
export async function login(place) {
  let session;
  try {
    session = await (await fetch(SESSION)).json();
  } catch {
    return false;
  }
  if (session.required && !session.scope) {
    place.replaceChildren(form());
    place.hidden = false;
    place.querySelector("input").focus();
    return true;
  }
  if (session.insecure) {
    place.replaceChildren(text("p", "insecure", "Insecure: others reach this collector without encryption or without a login."));
    place.hidden = false;
  }
  return false;
}

function form() {
  const input = make("input", "");
  input.type = "password";
  input.autocomplete = "current-password";
  input.required = true;
  const label = make("label", "", "Token", input);
  const button = text("button", "", "Log in");
  const said = text("p", "login-said", "");
  said.setAttribute("role", "status");
  const root = make("form", "login", text("h2", "", "A token opens this page"), label, button, said);
  root.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      const answer = await fetch(SESSION, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ token: input.value }),
      });
      if (answer.ok) {
        location.reload();
        return;
      }
      say(said, (await answer.json()).error);
    } catch {
      say(said, "the collector does not answer");
    }
    button.disabled = false;
  });
  return root;
}
