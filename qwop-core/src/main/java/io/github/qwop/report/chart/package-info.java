/** Charts as SVG text: curves, histograms and their axes. They know numbers, not runs. */
@NullMarked
package io.github.qwop.report.chart;

import org.jspecify.annotations.NullMarked;
