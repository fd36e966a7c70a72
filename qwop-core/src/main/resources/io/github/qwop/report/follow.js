// Puts what is new into the page while a training is at work. The player stays where it is, and so does what is chosen.
(function (window, document) {
  "use strict";

  var EVERY_MILLIS = 2000;
  var version = null;

  function replace(html) {
    var fresh = new window.DOMParser().parseFromString(html, "text/html").querySelector(".qwop-report");
    var shown = document.querySelector(".qwop-report");
    var player = shown.querySelector(".replay");
    var next = fresh.querySelector(".replay");
    var keeps = player && next && player.outerHTML === next.outerHTML;
    var chosen = Array.prototype.map.call(shown.querySelectorAll("input:checked"), function (input) { return input.id; });
    var behind = false;
    Array.prototype.slice.call(shown.childNodes).forEach(function (node) {
      if (!keeps || node !== player) {
        shown.removeChild(node);
      }
    });
    Array.prototype.slice.call(fresh.childNodes).forEach(function (node) {
      if (keeps && node === next) {
        behind = true;
      } else {
        shown.insertBefore(node, keeps && !behind ? player : null);
      }
    });
    chosen.forEach(function (id) {
      if (document.getElementById(id)) {
        document.getElementById(id).checked = true;
      }
    });
    window.qwopCharts();
  }

  function text(answer) {
    return answer.text();
  }

  function ask() {
    window.fetch("version").then(text).then(function (now) {
      if (version !== null && now !== version) {
        return window.fetch("./").then(text).then(replace).then(function () { version = now; });
      }
      version = now;
      return null;
    }).catch(function () {
      // Nobody serves it any more, or not yet again: what is shown stays.
    }).then(function () {
      window.setTimeout(ask, EVERY_MILLIS);
    });
  }

  ask();
})(window, document);
