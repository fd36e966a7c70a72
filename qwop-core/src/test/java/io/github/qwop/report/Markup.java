package io.github.qwop.report;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Reads what the report writes; what is not well-formed fails the test. */
public final class Markup {

    private Markup() {}

    /** The document of a text. */
    public static Document parse(String text) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(text)));
        } catch (Exception e) {
            throw new AssertionError("not well-formed: " + text, e);
        }
    }

    /** All elements of a name that have a class, in the document's order. */
    public static List<Element> withClass(Document document, String element, String wanted) {
        return withClass(document.getDocumentElement(), element, wanted);
    }

    /** All elements in one, likewise. */
    static List<Element> withClass(Element within, String element, String wanted) {
        List<Element> found = new ArrayList<>();
        NodeList all = within.getElementsByTagName(element);
        for (int i = 0; i < all.getLength(); i++) {
            Element one = (Element) all.item(i);
            if (Arrays.asList(one.getAttribute("class").split(" ")).contains(wanted)) {
                found.add(one);
            }
        }
        return found;
    }
}
