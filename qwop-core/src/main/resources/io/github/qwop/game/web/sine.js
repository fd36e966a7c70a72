// Tells whose sine and cosine this page plays with, and whose this browser has: the genuine game played in it goes where the
// twin goes with the same ones.
(function (window, document) {
  "use strict";

  // Sums of the lower halves of a thousand sines, which differ when one last bit does. Of these angles, five have another
  // sine where the GNU C library fuses multiplications and additions.
  var KNOWN = {
    "fdlibm": 517.9445074193209,
    "glibc": 517.944507382068,
    "glibc with fused multiply-add": 517.9445073671668
  };
  var LOWER_HALF = 67108864;

  function sum() {
    var total = 0;
    for (var i = 0; i < 1000; i++) {
      var value = Math.sin(1.7747 * i - 180) * LOWER_HALF;
      total += value - Math.floor(value);
    }
    return total;
  }

  var found = sum();
  var name = Object.keys(KNOWN).filter(function (known) { return KNOWN[known] === found; })[0];
  document.getElementById("sine").textContent = "played with fdlibm\u2019s sine, not with this browser\u2019s: "
      + (name || "another than fdlibm\u2019s and glibc\u2019s");
})(window, document);
