// Shows a game that is played elsewhere: PageServer tells its states as they come.
(function (window) {
  "use strict";

  var panel = new window.QwopPanel("The runner", "", false);
  var latest = null;

  function frame() {
    window.requestAnimationFrame(frame);
    if (latest !== null) {
      panel.show(latest.state);
      panel.showKeys(latest.keys);
      latest = null;
    }
  }

  new window.EventSource("states").onmessage = function (event) {
    latest = JSON.parse(event.data);
  };
  window.requestAnimationFrame(frame);
})(window);
