package io.github.qwop.report.chart;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** A picture's text in the making, well-formed as XML. */
public final class Svg {

    private final StringBuilder text = new StringBuilder();

    /**
     * Begins a picture.
     *
     * @param classes for the style sheet
     * @param width in pixels at its natural size
     * @param height likewise
     * @param title what it is, for those who do not see it
     * @param description what it shows, in a sentence
     * @param attributes further ones of the element, or nothing
     */
    public Svg(String classes, double width, double height, String title, String description, String attributes) {
        text.append("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"")
                .append(classes)
                .append("\" viewBox=\"0 0 ")
                .append(number(width))
                .append(' ')
                .append(number(height))
                .append("\" role=\"img\" aria-label=\"")
                .append(escape(title + ". " + description))
                .append('"')
                .append(attributes.isEmpty() ? "" : " ")
                .append(attributes)
                .append('>');
    }

    /** A straight line. */
    public Svg line(String classes, double x1, double y1, double x2, double y2) {
        return raw("<line class=\"" + classes + "\" x1=\"" + number(x1) + "\" y1=\"" + number(y1) + "\" x2=\""
                + number(x2) + "\" y2=\"" + number(y2) + "\"/>");
    }

    /** Text; where it is anchored and how it looks is its class's matter. */
    public Svg text(String classes, double x, double y, String words) {
        return raw("<text class=\"" + classes + "\" x=\"" + number(x) + "\" y=\"" + number(y) + "\">" + escape(words)
                + "</text>");
    }

    /** Whatever else is needed, already well-formed. */
    public Svg raw(String markup) {
        text.append(markup);
        return this;
    }

    /** Ends the picture. */
    public String end() {
        return text + "</svg>";
    }

    /** A coordinate to a tenth of a pixel. */
    public static String number(double value) {
        BigDecimal round = BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP);
        return round.signum() == 0 ? "0" : round.stripTrailingZeros().toPlainString();
    }

    /** Text for an element or an attribute. */
    public static String escape(String words) {
        return words.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
