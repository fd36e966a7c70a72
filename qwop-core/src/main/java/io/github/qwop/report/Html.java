package io.github.qwop.report;

import static j2html.TagCreator.*;

import j2html.Config;
import j2html.TagCreator;
import j2html.rendering.FlatHtml;
import j2html.tags.DomContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The pieces that the sections of a report have in common. */
final class Html {

    private Html() {}

    /** A remark. */
    static DomContent note(String text) {
        return p(attrs(".note"), text);
    }

    /** Whose the following is, where there are several. */
    static DomContent name(List<ReportedRun> runs, ReportedRun run) {
        return runs.size() > 1 ? h3(run.name()) : each();
    }

    /** Which colour is whose. */
    static DomContent legend(List<String> names) {
        return ul(
                attrs(".legend"),
                each(names, (slot, name) -> li(span(attrs(".swatch.s" + slot)), TagCreator.text(name))));
    }

    /** A cell with a figure. */
    static DomContent number(String figure) {
        return td(attrs(".number"), figure);
    }

    /** The head of a column of figures. */
    static DomContent numbers(String name) {
        return th(attrs(".number"), name);
    }

    /** A table, which scrolls where it is wider than the page. */
    static DomContent scrolling(DomContent head, DomContent... rows) {
        return div(attrs(".scroll"), table(thead(head), tbody(rows)));
    }

    /** The text of some content: well-formed as XML. */
    static String text(DomContent content) {
        try {
            return content.render(FlatHtml.inMemory(Config.defaults().withEmptyTagsClosed(true)))
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
