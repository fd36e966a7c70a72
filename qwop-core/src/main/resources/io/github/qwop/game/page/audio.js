// Pages play their sounds with howler.js, which decodes them for an audio device that is not there. A sound that never
// finishes loading is something every page copes with: it is asked to play, and nothing is heard.
(function (window) {
  "use strict";

  function Howl() {}
  ["fadeIn", "fadeOut", "loop", "mute", "on", "pause", "play", "pos", "pos3d", "rate", "stop", "unload", "unmute",
      "volume"].forEach(function (name) {
    Howl.prototype[name] = function () { return this; };
  });
  window.Howl = Howl;
})
