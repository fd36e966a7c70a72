package io.github.qwop.run.evaluation;

import io.github.qwop.run.checkpoint.AtomicFile;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Gates as JUnit's XML, in which CI servers show each as a test. */
public final class JUnitReport {

    private JUnitReport() {}

    /**
     * Writes the file.
     *
     * @param runId the run's name, or a study's
     */
    public static void write(Path file, String runId, List<GateSpec.Outcome> gates) throws IOException {
        StringWriter text = new StringWriter();
        long fallen = gates.stream().filter(gate -> !gate.passed()).count();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "qwop." + runId);
            xml.writeAttribute("tests", Integer.toString(gates.size()));
            xml.writeAttribute("failures", Long.toString(fallen));
            xml.writeAttribute("errors", "0");
            xml.writeAttribute("skipped", "0");
            for (GateSpec.Outcome gate : gates) {
                xml.writeStartElement("testcase");
                xml.writeAttribute("classname", "qwop." + runId);
                // Without the limit: a CI server follows a test by its name, and limits change.
                xml.writeAttribute("name", gate.name());
                xml.writeAttribute("time", "0");
                if (!gate.passed()) {
                    xml.writeStartElement("failure");
                    xml.writeAttribute("message", gate.text());
                    xml.writeEndElement();
                }
                xml.writeEndElement();
            }
            xml.writeEndElement();
            xml.writeEndDocument();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
        AtomicFile.write(file, text + "\n");
    }
}
