// Tells whose sine and cosine this browser has: the genuine game played in it goes where the twin goes with the same ones.
(function (window, document) {
  "use strict";

  // Sums of the lower halves of a thousand sines, which differ when one last bit does.
  var KNOWN = { fdlibm: 487.13697140224394, glibc: 487.1369713957247 };
  var LOWER_HALF = 67108864;

  function sum() {
    var total = 0;
    for (var i = 0; i < 1000; i++) {
      var value = Math.sin(0.37 * i - 180) * LOWER_HALF;
      total += value - Math.floor(value);
    }
    return total;
  }

  var found = sum();
  var name = Object.keys(KNOWN).filter(function (known) { return KNOWN[known] === found; })[0];
  document.getElementById("sine").textContent = name
      ? "this browser\u2019s sine: " + name
      : "this browser\u2019s sine: neither fdlibm\u2019s nor glibc\u2019s";
})(window, document);
