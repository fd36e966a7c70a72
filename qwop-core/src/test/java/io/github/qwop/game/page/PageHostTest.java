package io.github.qwop.game.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.page.MemoryConnection.PageFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import org.htmlunit.WebRequest;
import org.htmlunit.corejs.javascript.Function;
import org.junit.jupiter.api.Test;

/** The headless browser, with small pages made up here. */
class PageHostTest {

    private static final String ORIGIN = "http://page.test";

    private static final PageHost MATH_PAGE = open("");

    private static PageHost open(String script) {
        return open(script, Map.of());
    }

    private static PageHost open(String script, Map<String, PageFile> others) {
        Map<String, PageFile> files = new HashMap<>(others);
        files.put("/", PageFile.html("<!DOCTYPE html><html><body><script>" + script + "</script></body></html>"));
        PageHost host = new PageHost(ORIGIN, files, Trigonometry.FDLIBM);
        host.open("/");
        return host;
    }

    private static Object value(PageHost host, String expression) {
        return Objects.requireNonNull(host.run(expression, "a test"));
    }

    @AfterContainer
    static void close() {
        MATH_PAGE.close();
    }

    @Property(tries = 300)
    void sineAndCosineAreFdlibms(@ForAll double x) {
        assertThat(MATH_PAGE.call((Function) value(MATH_PAGE, "Math.sin"), x)).isEqualTo(StrictMath.sin(x));
        assertThat(MATH_PAGE.call((Function) value(MATH_PAGE, "Math.cos"), x)).isEqualTo(StrictMath.cos(x));
    }

    @Test
    void nothingRunsUntilTheClockIsMoved() {
        try (PageHost host = open("var seen = [];"
                + "setTimeout(function () { seen.push('late ' + performance.now()); }, 30);"
                + "setTimeout(function (word) { seen.push(word + performance.now()); }, 10, 'soon ');"
                + "requestAnimationFrame(function again(now) { seen.push('frame ' + now);"
                + "  requestAnimationFrame(again); });")) {
            assertThat(value(host, "seen.join()")).isEqualTo("");

            host.advance(20);
            assertThat(value(host, "seen.join()")).isEqualTo("soon 10,frame 20");

            host.advance(20);
            assertThat(value(host, "seen.join()")).isEqualTo("soon 10,frame 20,late 30,frame 40");
        }
    }

    @Test
    void timersRepeatUntilTheyAreCleared() {
        try (PageHost host = open("var count = 0; var id = setInterval(function () { count++; }, 10);"
                + "var frame = requestAnimationFrame(function () { count = 1000; }); cancelAnimationFrame(frame);")) {
            host.advance(35);
            assertThat(value(host, "count")).isEqualTo(3);

            value(host, "clearInterval(id); count");
            host.advance(35);
            assertThat(value(host, "count")).isEqualTo(3);
        }
    }

    @Test
    void aPageReadsTheFilesItWasGiven() {
        try (PageHost host = open(
                "var request = new XMLHttpRequest(); request.open('GET', '/data', true);"
                        + "request.responseType = 'arraybuffer'; var bytes;"
                        + "request.onload = function () { bytes = new Uint8Array(request.response); }; request.send();",
                Map.of("/data", PageFile.binary(new byte[] {1, 2, -1})))) {
            assertThat(value(host, "Array.prototype.join.call(bytes)")).isEqualTo("1,2,255");
        }
    }

    @Test
    void everyOtherAddressIsNotFound() {
        try (PageHost host = open("function statusOf(address) { var request = new XMLHttpRequest();"
                + "request.open('GET', address, false); request.send(); return request.status; }")) {
            assertThat(value(host, "statusOf('/missing')")).isEqualTo(404);
        }
        MemoryConnection connection = new MemoryConnection(ORIGIN, Map.of("/", PageFile.html("")));
        assertThat(status(connection, ORIGIN + "/")).isEqualTo(200);
        assertThat(status(connection, ORIGIN + ":8080/")).isEqualTo(404);
        assertThat(status(connection, "http://localhost/")).isEqualTo(404);
        assertThat(status(connection, "https://page.test/")).isEqualTo(404);
    }

    private static int status(MemoryConnection connection, String address) {
        try {
            return connection
                    .getResponse(new WebRequest(URI.create(address).toURL()))
                    .getStatusCode();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aPictureHasItsTrueSize() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(7, 3, BufferedImage.TYPE_INT_RGB), "png", png);
        String address = "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());

        try (PageHost host = open("var image = new Image(); image.src = '" + address + "';")) {
            assertThat(value(host, "image.width + ' ' + image.height")).isEqualTo("7 3");
        }
    }

    @Test
    void aPageThatDrawsAndSoundsFindsSilence() {
        try (PageHost host = open("var gl = document.createElement('canvas').getContext('webgl');"
                + "var program = gl.createProgram(); gl.linkProgram(program);"
                + "var sound = new Howl({}).play().volume(1);")) {
            assertThat(value(host, "gl.getProgramParameter(program, gl.LINK_STATUS)"))
                    .isEqualTo(true);
            assertThat(value(host, "sound instanceof Howl")).isEqualTo(true);
        }
    }

    @Test
    void aPageHearsItsKeys() {
        try (PageHost host = open("var code; document.onkeydown = function (event) { code = event.keyCode; };")) {
            value(host, "document.dispatchEvent(new KeyboardEvent('keydown', { keyCode: 81 }))");

            assertThat(value(host, "code")).isEqualTo(81);
        }
    }

    @Test
    void whatFailsIsToldInOneSentence() {
        assertThatThrownBy(() -> open("nowhere.to.be = found;"))
                .isInstanceOf(PageException.class)
                .hasMessageContaining("A script of / failed")
                .hasMessageContaining("nowhere");
        try (PageHost host = new PageHost(ORIGIN, Map.of(), Trigonometry.FDLIBM)) {
            assertThatThrownBy(() -> host.open("/missing"))
                    .isInstanceOf(PageException.class)
                    .hasMessageContaining("The page /missing could not be opened")
                    .hasMessageContaining("404");
        }
    }
}
