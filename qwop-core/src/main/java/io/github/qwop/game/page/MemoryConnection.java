package io.github.qwop.game.page;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.htmlunit.WebConnection;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.WebResponseData;
import org.htmlunit.util.NameValuePair;

/**
 * All of the web that a page sees: the files it was given, under one origin. Every other address answers 404, so that
 * nothing is ever asked of a network.
 */
final class MemoryConnection implements WebConnection {

    private final String origin;
    private final Map<String, PageFile> files;

    /**
     * @param origin scheme and host of all files, such as {@code http://example.org}
     * @param files the files by path, each path beginning with a slash
     */
    MemoryConnection(String origin, Map<String, PageFile> files) {
        this.origin = origin;
        this.files = Map.copyOf(files);
    }

    @Override
    public WebResponse getResponse(WebRequest request) {
        var url = request.getUrl();
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        boolean ours = origin.equals(url.getProtocol() + "://" + url.getHost() + port);
        PageFile file = ours ? files.get(url.getPath()) : null;
        WebResponseData data = file == null
                ? new WebResponseData(new byte[0], 404, "Not Found", List.of())
                : new WebResponseData(
                        file.content(), 200, "OK", List.of(new NameValuePair("Content-Type", file.contentType())));
        return new WebResponse(data, request, 0);
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    /**
     * One file of a page.
     *
     * @param contentType its media type
     * @param content its bytes, never changed
     */
    @SuppressWarnings("ArrayRecordComponent")
    record PageFile(String contentType, byte[] content) {

        /** A page's HTML. */
        static PageFile html(String text) {
            return new PageFile("text/html; charset=UTF-8", text.getBytes(StandardCharsets.UTF_8));
        }

        /** Anything else. */
        static PageFile binary(byte[] content) {
            return new PageFile("application/octet-stream", content);
        }
    }
}
