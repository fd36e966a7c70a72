// A Haxe program keeps every class in one object under its full name, out of reach inside the program's function. A
// setter on the prototype that all objects share sees the first assignment under such a name and gives the object away,
// whatever the minifier called it. It takes itself away at once: the page is then as it would be without it.
(function (className) {
  "use strict";

  var classes = null;
  Object.defineProperty(Object.prototype, className, {
    configurable: true,
    set: function (value) {
      delete Object.prototype[className];
      classes = this;
      this[className] = value;
    }
  });

  // The classes by full name, or null as long as the program has not run.
  return function () {
    delete Object.prototype[className];
    return classes;
  };
})
