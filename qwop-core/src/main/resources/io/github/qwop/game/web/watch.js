// Shows a game that is played elsewhere: PageServer tells its states as they come.
(function (window, document) {
  "use strict";

  var panel = new window.QwopPanel("The runner", "", false);
  var caption = document.getElementById("caption");
  var latest = null;
  var seen = false;

  function frame() {
    window.requestAnimationFrame(frame);
    if (latest !== null) {
      if (caption.textContent !== latest.caption) {
        caption.textContent = latest.caption;
      }
      if (!seen) {
        seen = true;
        panel.say("");
      }
      panel.show(latest.state, null);
      panel.showKeys(latest.keys);
      latest = null;
    }
  }

  // It tries again by itself until the server is back.
  var source = new window.EventSource("states");
  source.onmessage = function (event) {
    latest = JSON.parse(event.data);
  };
  source.onerror = function () {
    panel.say("The game that was watched here has gone.");
  };
  function opened() {
    panel.say(seen ? "" : "Waiting for the first update of the game that is watched.");
  }
  source.onopen = opened;
  opened();
  window.requestAnimationFrame(frame);
})(window, document);
