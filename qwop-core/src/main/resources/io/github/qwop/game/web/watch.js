// Shows a game that is played elsewhere: PageServer tells its states as they come.
(function (window, document) {
  "use strict";

  var panel = new window.QwopPanel("The runner", "", false);
  var caption = document.getElementById("caption");
  var latest = null;

  function frame() {
    window.requestAnimationFrame(frame);
    if (latest !== null) {
      if (caption.textContent !== latest.caption) {
        caption.textContent = latest.caption;
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
  source.onopen = function () {
    panel.say("");
  };
  window.requestAnimationFrame(frame);
})(window, document);
