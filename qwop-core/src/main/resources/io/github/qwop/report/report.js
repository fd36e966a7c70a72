// Shows the values under the pointer. The curves themselves hold them: places in the picture, turned back into values.
(function (window, document) {
  "use strict";

  function format(value) {
    var size = Math.abs(value);
    if (size >= 1e6) {
      return (value / 1e6).toFixed(2) + " M";
    }
    if (size >= 1e4) {
      return (value / 1e3).toFixed(1) + " k";
    }
    return size >= 100 ? value.toFixed(0) : size >= 1 ? value.toFixed(2) : String(Number(value.toPrecision(2)));
  }

  function points(line) {
    return line.getAttribute("points").trim().split(/\s+/).map(function (pair) {
      return pair.split(",").map(Number);
    });
  }

  function attach(svg) {
    var plot = svg.getAttribute("data-plot").split(" ");
    var n = plot.map(Number);
    var log = plot[8] === "log";
    var figure = svg.parentNode.parentNode;
    var lines = Array.prototype.map.call(svg.querySelectorAll(".smooth"), function (line) {
      return { name: line.getAttribute("data-name"), points: points(line) };
    });
    var cursor = document.createElementNS(svg.namespaceURI, "line");
    var tip = document.createElement("div");
    tip.className = "tip";
    cursor.setAttribute("class", "cursor");

    function yValue(y) {
      var share = (n[3] - y) / (n[3] - n[2]);
      return log ? n[6] * Math.pow(n[7] / n[6], share) : n[6] + share * (n[7] - n[6]);
    }

    function hide() {
      if (cursor.parentNode) {
        svg.removeChild(cursor);
        figure.removeChild(tip);
      }
    }

    function show(event) {
      var box = svg.getBoundingClientRect();
      var at = (event.clientX - box.left) * svg.viewBox.baseVal.width / box.width;
      var shown = null;
      tip.textContent = "";
      lines.forEach(function (line) {
        var nearest = line.points.reduce(function (a, b) {
          return Math.abs(b[0] - at) < Math.abs(a[0] - at) ? b : a;
        });
        if (Math.abs(nearest[0] - at) > 15) {
          return;
        }
        shown = shown === null ? nearest[0] : shown;
        var row = document.createElement("div");
        row.textContent = (lines.length > 1 ? line.name + ": " : "") + format(yValue(nearest[1])) + " "
            + svg.getAttribute("data-unit");
        tip.appendChild(row);
      });
      if (shown === null) {
        hide();
        return;
      }
      var head = document.createElement("div");
      head.textContent = format(n[4] + (shown - n[0]) / (n[1] - n[0]) * (n[5] - n[4])) + " " + svg.getAttribute("data-x");
      tip.insertBefore(head, tip.firstChild);
      ["x1", "x2"].forEach(function (name) { cursor.setAttribute(name, shown); });
      cursor.setAttribute("y1", n[2]);
      cursor.setAttribute("y2", n[3]);
      svg.appendChild(cursor);
      figure.appendChild(tip);
      var outer = figure.getBoundingClientRect();
      var left = box.left - outer.left + shown * box.width / svg.viewBox.baseVal.width;
      var room = outer.width - tip.offsetWidth - 6;
      tip.style.left = Math.max(6, Math.min(room, left > outer.width / 2 ? left - tip.offsetWidth - 10 : left + 10)) + "px";
      tip.style.top = box.top - outer.top + 4 + "px";
    }

    svg.addEventListener("pointermove", show);
    svg.addEventListener("pointerdown", show);
    svg.addEventListener("pointerleave", hide);
  }

  // Of a page that changes, again for what is new on it.
  function attachAll() {
    Array.prototype.forEach.call(document.querySelectorAll(".qwop-report svg[data-plot]"), attach);
  }

  window.qwopCharts = attachAll;
  attachAll();
})(window, document);
