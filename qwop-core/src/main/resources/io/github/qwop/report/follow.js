// Puts what is new into the page while a training is at work. The player stays where it is, and so does what is chosen,
// who has the keyboard's focus and how far wide parts are scrolled.
(function (window, document) {
  "use strict";

  var EVERY_MILLIS = 2000;
  var FOCUSABLE = "a[href], input, [tabindex]";
  var version = null;

  // What is made anew is found again by its place among its like.
  function all(shown, selector) {
    return Array.prototype.slice.call(shown.querySelectorAll(selector));
  }

  function replace(html) {
    var fresh = new window.DOMParser().parseFromString(html, "text/html").querySelector(".qwop-report");
    var shown = document.querySelector(".qwop-report");
    var player = shown.querySelector(".replay");
    var next = fresh.querySelector(".replay");
    var keeps = player && next && player.outerHTML === next.outerHTML;
    var chosen = Array.prototype.map.call(shown.querySelectorAll("input:checked"), function (input) { return input.id; });
    var focused = all(shown, FOCUSABLE).indexOf(document.activeElement);
    var scrolled = all(shown, ".scroll").map(function (wide) { return wide.scrollLeft; });
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
    all(shown, ".scroll").forEach(function (wide, i) {
      wide.scrollLeft = scrolled[i] || 0;
    });
    var focusable = all(shown, FOCUSABLE);
    if (focused >= 0 && focused < focusable.length && focusable[focused] !== document.activeElement) {
      focusable[focused].focus({ preventScroll: true });
    }
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
