package io.github.qwop.report.chart;

/** A point of a curve, in the axes' units. */
public record Point(double x, double y) {}
